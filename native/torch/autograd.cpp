#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#include "bridge.h"

using dragoman::guarded;
using dragoman::handle_of;
using dragoman::tensor_of;

// From 2.4 autocast is set per device type; before, each had its own function.
#define DRG_AUTOCAST_BY_DEVICE (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4))

namespace {

c10::DeviceType autocast_device(int32_t type) {
    auto device = static_cast<c10::DeviceType>(type);
    if (device != at::kCPU && device != at::kCUDA) throw dragoman::BadArgument("autocast knows the CPU (0) and CUDA (1)");
    return device;
}

bool autocast_enabled(c10::DeviceType device) {
#if DRG_AUTOCAST_BY_DEVICE
    return at::autocast::is_autocast_enabled(device);
#else
    return device == at::kCPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
#endif
}

at::ScalarType autocast_dtype(c10::DeviceType device) {
#if DRG_AUTOCAST_BY_DEVICE
    return at::autocast::get_autocast_dtype(device);
#else
    return device == at::kCPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
#endif
}

void set_autocast(c10::DeviceType device, bool enabled, at::ScalarType dtype) {
#if DRG_AUTOCAST_BY_DEVICE
    at::autocast::set_autocast_dtype(device, dtype);
    at::autocast::set_autocast_enabled(device, enabled);
#else
    if (device == at::kCPU) {
        at::autocast::set_autocast_cpu_dtype(dtype);
        at::autocast::set_cpu_enabled(enabled);
    } else {
        at::autocast::set_autocast_gpu_dtype(dtype);
        at::autocast::set_enabled(enabled);
    }
#endif
}

}  // namespace

bool dragoman::cpu_autocast_is_bf16() { return autocast_enabled(at::kCPU) && autocast_dtype(at::kCPU) == at::kBFloat16; }

drg_status drg_backward(drg_tensor root, drg_tensor gradient, int32_t retain_graph, int32_t create_graph) {
    return guarded([&] {
        auto given = gradient == nullptr ? at::Tensor() : tensor_of(gradient);
        tensor_of(root).backward(given, retain_graph != 0, create_graph != 0);
    });
}

drg_status drg_tensor_grad(drg_tensor tensor, drg_tensor* out) {
    return guarded([&] {
        const auto& gradient = tensor_of(tensor).grad();
        *out = gradient.defined() ? handle_of(gradient) : nullptr;
    });
}

drg_status drg_tensor_set_grad(drg_tensor tensor, drg_tensor gradient) {
    return guarded([&] { tensor_of(tensor).mutable_grad() = gradient == nullptr ? at::Tensor() : tensor_of(gradient); });
}

drg_status drg_tensor_set_requires_grad(drg_tensor tensor, int32_t requires_grad) {
    return guarded([&] { tensor_of(tensor).set_requires_grad(requires_grad != 0); });
}

drg_status drg_grad_mode(int32_t enabled, int32_t* previous) {
    return guarded([&] {
        *previous = at::GradMode::is_enabled();
        at::GradMode::set_enabled(enabled != 0);
    });
}

drg_status drg_autocast_enter(int32_t device_type, int32_t enabled, int32_t dtype, int32_t* previous_enabled, int32_t* previous_dtype) {
    return guarded([&] {
        auto device = autocast_device(device_type);
        *previous_enabled = autocast_enabled(device);
        *previous_dtype = static_cast<int32_t>(autocast_dtype(device));
        set_autocast(device, enabled != 0, static_cast<at::ScalarType>(dtype));
        at::autocast::increment_nesting();
    });
}

drg_status drg_autocast_exit(int32_t device_type, int32_t previous_enabled, int32_t previous_dtype) {
    return guarded([&] {
        // Cast weights are kept while any autocast region is open, and dropped when the last one closes.
        if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
        set_autocast(autocast_device(device_type), previous_enabled != 0, static_cast<at::ScalarType>(previous_dtype));
    });
}
