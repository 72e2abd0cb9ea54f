// The arithmetic of a transformer layer between its matrix products, for one range of rows or one head of one sequence; callers divide the work among threads.
// Matrices are row-major. T is the type products run in: float, or bf16. Everything else, sums among them, is float.
#pragma once

#include <cstdint>

namespace dragoman {

struct bf16 {
    uint16_t bits;
};

enum class Activation : int32_t { Gelu = 0, GeluTanh = 1, Relu = 2 };

// Zeroes a share of values by a hash of seed and place, and scales the others so that the mean stays; the same seed and place give the same mask again.
struct Dropout {
    uint32_t threshold = 0;   // share · 2^32; 0 for none
    float scale = 1;          // 1 / (1 - share)
    uint64_t seed = 0;
};

// One sequence and one head: queries of `rows` tokens, keys and values of `columns` tokens, `width` numbers each.
template <typename T>
struct AttentionHead {
    const T *query, *key, *value;                                       // first token of the sequence, first column of the head
    int64_t query_stride, value_stride;                                 // elements from token to token; keys have that of values
    const float *query_bias, *key_bias, *value_bias;
    int64_t rows, columns, width;
    Dropout dropout;
};

template <typename T>
struct LayerKernels {
    // out = activation(x + bias); out may be x.
    void (*activate)(const T* x, const float* bias, T* out, int64_t rows, int64_t width, Activation activation);
    // From the gradient of the activation's result: writes that of x over it, the activation's result to out, and adds column sums to bias_gradient.
    void (*activate_backward)(T* gradient, const T* x, const float* bias, T* out, float* bias_gradient, int64_t rows, int64_t width, Activation activation);
    // y = norm(residual + dropout(z + bias)) · scale + shift, and y in T; normalised and deviations (1 / standard deviation) are kept for the way back unless null.
    void (*norm)(const float* residual, const T* z, const float* bias, const float* scale, const float* shift, float epsilon, const Dropout& dropout, int64_t first_row, int64_t rows,
                 int64_t width, float* y, T* y_product, T* normalised, float* deviations);
    // From dy: the gradient of the residual, and of z in T; adds column sums to the gradients of scale, shift and bias.
    void (*norm_backward)(const float* dy, const T* normalised, const float* deviations, const float* scale, const Dropout& dropout, int64_t first_row, int64_t rows, int64_t width,
                          float* d_residual, T* d_z, float* d_scale, float* d_shift, float* d_bias);
    // y = normalised · scale + shift, in T.
    void (*rescale)(const T* normalised, const float* scale, const float* shift, T* y, int64_t rows, int64_t width);
    // Adds column sums.
    void (*column_sums)(const T* x, int64_t stride, float* sums, int64_t rows, int64_t width);
    // context = softmax(q·kᵀ / √width) · v
    void (*attention)(const AttentionHead<T>& head, T* context, int64_t context_stride);
    // Gradients of queries, keys and values (with the strides of these) from that of the context.
    void (*attention_backward)(const AttentionHead<T>& head, const T* d_context, int64_t context_stride, T* d_query, T* d_key, T* d_value);
};

// The kernels compiled for the widest vectors that this processor has.
template <typename T>
const LayerKernels<T>& layer_kernels();

}  // namespace dragoman
