/* C ABI over libtorch: tensors from and to memory, any operator by name, autograd, modes, seeds, threads, devices,
 * process groups.
 *
 * Every function returns a status (0 = done); results go through out-pointers. After a failure drg_last_error() holds the message of the
 * calling thread until its next failure. No exception crosses this boundary. Types have fixed widths. Strings are UTF-8, zero-terminated.
 * A drg_tensor is owned by whoever received it and is freed once with drg_tensor_free; freeing it drops one reference, so what the
 * autograd graph or a view still needs stays alive. */
#ifndef DRAGOMAN_TORCH_H
#define DRAGOMAN_TORCH_H

#include <stdint.h>

#if defined(_WIN32)
#define DRG_API __declspec(dllexport)
#else
#define DRG_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Raised with every change of this header; the managed side refuses another version. */
#define DRG_ABI_VERSION 3

enum drg_status_code {
    DRG_OK = 0,
    DRG_TORCH_ERROR = 1,    /* libtorch refused: a c10::Error */
    DRG_ERROR = 2,          /* another C++ exception */
    DRG_UNKNOWN = 3,        /* something that is no std::exception */
    DRG_BAD_ARGUMENT = 4    /* the bridge refused: the argument does not fit the operator's schema */
};
typedef int32_t drg_status;

typedef struct drg_tensor_s* drg_tensor;
typedef struct drg_op_s* drg_op;
typedef struct drg_layer_s* drg_layer;

enum drg_tag {
    DRG_NONE = 0,
    DRG_TENSOR = 1,         /* p: drg_tensor */
    DRG_INT = 2,            /* i (also data types, layouts, memory formats) */
    DRG_DOUBLE = 3,         /* d */
    DRG_BOOL = 4,           /* i: 0 or 1 */
    DRG_STRING = 5,         /* p: const char*, count bytes */
    DRG_DEVICE = 6,         /* count: device type (0 CPU, 1 CUDA), i: index or -1 */
    DRG_INT_LIST = 7,       /* p: const int64_t*, count items */
    DRG_DOUBLE_LIST = 8,    /* p: const double*, count items */
    DRG_BOOL_LIST = 9,      /* p: const int64_t*, count items of 0 or 1 */
    DRG_TENSOR_LIST = 10    /* p: const drg_tensor*, count items; a null item is an absent tensor */
};

typedef struct drg_value {
    int32_t tag;
    int32_t count;
    union {
        int64_t i;
        double d;
        const void* p;
    } as;
} drg_value;

typedef struct drg_tensor_info {
    int64_t elements;
    int64_t element_bytes;
    int32_t dtype;          /* c10::ScalarType */
    int32_t device_type;
    int32_t device_index;
    int32_t dimensions;
    int32_t requires_grad;
    int32_t is_leaf;
    int32_t is_contiguous;
    int32_t is_sparse;
} drg_tensor_info;

typedef void (*drg_deleter)(void* context);

/* About the library */
DRG_API int32_t drg_abi_version(void);
DRG_API const char* drg_torch_version(void);
DRG_API const char* drg_last_error(void);

/* Tensors. drg_tensor_borrow: the memory must live until deleter(context) is called. */
DRG_API drg_status drg_tensor_copy_from(const void* data, int32_t dtype, const int64_t* sizes, int32_t dimensions, drg_tensor* out);
DRG_API drg_status drg_tensor_borrow(void* data, int32_t dtype, const int64_t* sizes, int32_t dimensions, drg_deleter deleter, void* context,
                                     drg_tensor* out);
DRG_API drg_status drg_tensor_copy_to(drg_tensor tensor, void* destination, int64_t bytes);
DRG_API drg_status drg_tensor_data(drg_tensor tensor, void** out);
DRG_API drg_status drg_tensor_describe(drg_tensor tensor, drg_tensor_info* info, int64_t* sizes, int64_t* strides, int32_t capacity);
DRG_API drg_status drg_tensor_alias(drg_tensor tensor, drg_tensor* out);
DRG_API drg_status drg_tensor_free(drg_tensor tensor);

/* Operators. A drg_op lives as long as the process. Trailing arguments that are left out take the schema's defaults. A result of tag
 * DRG_TENSOR is owned by the caller; of tag DRG_TENSOR_LIST, its items are, and the array is freed with drg_list_free. */
DRG_API drg_status drg_op_find(const char* name, const char* overload, drg_op* out);
DRG_API drg_status drg_op_schema(drg_op op, const char** out);
DRG_API drg_status drg_op_call(drg_op op, const drg_value* arguments, int32_t argument_count, drg_value* results, int32_t result_capacity,
                               int32_t* result_count);
DRG_API drg_status drg_list_free(const void* items);

/* Autograd; modes belong to the calling thread. */
DRG_API drg_status drg_backward(drg_tensor root, drg_tensor gradient, int32_t retain_graph, int32_t create_graph);
DRG_API drg_status drg_tensor_grad(drg_tensor tensor, drg_tensor* out);
DRG_API drg_status drg_tensor_set_grad(drg_tensor tensor, drg_tensor gradient);
DRG_API drg_status drg_tensor_set_requires_grad(drg_tensor tensor, int32_t requires_grad);
DRG_API drg_status drg_grad_mode(int32_t enabled, int32_t* previous);
/* Enters autocast for a device type (enabled 0 switches it off inside); writes what drg_autocast_exit must be given back. */
DRG_API drg_status drg_autocast_enter(int32_t device_type, int32_t enabled, int32_t dtype, int32_t* previous_enabled, int32_t* previous_dtype);
DRG_API drg_status drg_autocast_exit(int32_t device_type, int32_t previous_enabled, int32_t previous_dtype);

/* Runtime */
DRG_API drg_status drg_manual_seed(int64_t seed);
DRG_API drg_status drg_generator_state(int32_t device_type, int32_t device_index, drg_tensor* out);
DRG_API drg_status drg_set_generator_state(int32_t device_type, int32_t device_index, drg_tensor state);
DRG_API drg_status drg_threads(int32_t* intra_op, int32_t* inter_op);
DRG_API drg_status drg_set_threads(int32_t intra_op);
DRG_API drg_status drg_set_inter_op_threads(int32_t inter_op);
DRG_API drg_status drg_cuda(int32_t* available, int32_t* count);

/* Process groups (c10d). drg_group_backends: which of drg_backend the bridge was built with, added up. Joining waits until all have joined; a
 * collective is called by all in the same order, and fails when another process is gone or the time-out is over. Published values are for all,
 * and stay; awaiting one fails at once when the process of rank 0 is gone. */
enum drg_backend { DRG_GLOO = 1, DRG_NCCL = 2 };
typedef struct drg_group_s* drg_group;
DRG_API drg_status drg_group_backends(int32_t* out);
DRG_API drg_status drg_group_join(int32_t backend, const char* host, int32_t port, int32_t rank, int32_t size, int64_t timeout_ms, drg_group* out);
DRG_API drg_status drg_group_free(drg_group group);
DRG_API drg_status drg_group_sum(drg_group group, drg_tensor tensor);
DRG_API drg_status drg_group_broadcast(drg_group group, drg_tensor tensor, int32_t root);
DRG_API drg_status drg_group_publish(drg_group group, const char* key, const void* data, int64_t bytes);
DRG_API drg_status drg_group_await(drg_group group, const char* key, int64_t timeout_ms, drg_tensor* out);

/* A transformer layer (BERT's) on the CPU over sequences laid end to end, with products in bfloat16 under autocast, else float32.
 * Weights: weight and bias of query, key, value, output; scale and shift of the first norm; weight and bias of up and down; scale and
 * shift of the second norm. They are not copied; bfloat16 copies are made anew after an operator, or drg_tensor_changed, has changed one.
 * activation: 0 GELU, 1 GELU by tanh, 2 ReLU. offsets: int64 [B + 1], where each sequence begins and, last, the number of tokens.
 * x: float32 [tokens, width]; the result has its shape, or [B, width] with first_only: only the first token of each sequence. */
DRG_API drg_status drg_layer_create(const drg_tensor* weights, int32_t heads, int32_t activation, double epsilon, drg_layer* out);
DRG_API drg_status drg_layer_free(drg_layer layer);
DRG_API drg_status drg_layer_forward(drg_layer layer, drg_tensor x, drg_tensor offsets, int32_t first_only, double attention_dropout, double hidden_dropout,
                                     drg_tensor* out);
/* To be called after writing to a tensor's memory. */
DRG_API drg_status drg_tensor_changed(drg_tensor tensor);

#ifdef __cplusplus
}
#endif
#endif
