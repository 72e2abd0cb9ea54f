#include <cstring>

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/TensorOptions.h>
#include <torch/version.h>

#include "bridge.h"

using dragoman::guarded;
using dragoman::handle_of;
using dragoman::tensor_of;

namespace {
thread_local std::string last_error;
}

namespace dragoman {
drg_status fail(drg_status status, const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
    return status;
}
}  // namespace dragoman

int32_t drg_abi_version(void) { return DRG_ABI_VERSION; }

const char* drg_torch_version(void) { return TORCH_VERSION; }

const char* drg_last_error(void) { return last_error.c_str(); }

drg_status drg_tensor_copy_from(const void* data, int32_t dtype, const int64_t* sizes, int32_t dimensions, drg_tensor* out) {
    return guarded([&] {
        auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
        auto tensor = at::empty(at::IntArrayRef(sizes, dimensions), options);
        if (tensor.numel() > 0) std::memcpy(tensor.data_ptr(), data, tensor.numel() * tensor.element_size());
        *out = handle_of(std::move(tensor));
    });
}

drg_status drg_tensor_borrow(void* data, int32_t dtype, const int64_t* sizes, int32_t dimensions, drg_deleter deleter, void* context,
                             drg_tensor* out) {
    return guarded([&] {
        auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
        auto release = [deleter, context](void*) {
            if (deleter != nullptr) deleter(context);
        };
        *out = handle_of(at::from_blob(data, at::IntArrayRef(sizes, dimensions), release, options));
    });
}

drg_status drg_tensor_copy_to(drg_tensor tensor, void* destination, int64_t bytes) {
    return guarded([&] {
        auto source = tensor_of(tensor).detach().to(at::kCPU).contiguous();
        auto needed = source.numel() * static_cast<int64_t>(source.element_size());
        if (needed != bytes)
            throw dragoman::BadArgument("the tensor has " + std::to_string(needed) + " bytes, the destination " + std::to_string(bytes));
        if (needed > 0) std::memcpy(destination, source.data_ptr(), needed);
    });
}

drg_status drg_tensor_data(drg_tensor tensor, void** out) {
    return guarded([&] { *out = tensor_of(tensor).data_ptr(); });
}

drg_status drg_tensor_describe(drg_tensor tensor, drg_tensor_info* info, int64_t* sizes, int64_t* strides, int32_t capacity) {
    return guarded([&] {
        const auto& self = tensor_of(tensor);
        info->elements = self.numel();
        info->element_bytes = static_cast<int64_t>(self.element_size());
        info->dtype = static_cast<int32_t>(self.scalar_type());
        info->device_type = static_cast<int32_t>(self.device().type());
        info->device_index = self.device().index();
        info->dimensions = static_cast<int32_t>(self.dim());
        info->requires_grad = self.requires_grad();
        info->is_leaf = self.is_leaf();
        info->is_sparse = self.layout() != at::kStrided;
        info->is_contiguous = info->is_sparse ? 0 : self.is_contiguous();
        for (int32_t i = 0; i < info->dimensions && i < capacity; i++) {
            if (sizes != nullptr) sizes[i] = self.size(i);
            if (strides != nullptr && !info->is_sparse) strides[i] = self.stride(i);
        }
    });
}

drg_status drg_tensor_alias(drg_tensor tensor, drg_tensor* out) {
    return guarded([&] { *out = handle_of(tensor_of(tensor)); });
}

drg_status drg_tensor_free(drg_tensor tensor) {
    return guarded([&] { delete reinterpret_cast<at::Tensor*>(tensor); });
}
