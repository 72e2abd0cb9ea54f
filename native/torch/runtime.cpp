#include <mutex>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>

#include "bridge.h"

using dragoman::guarded;
using dragoman::handle_of;
using dragoman::tensor_of;

namespace {
at::Generator generator_of(int32_t device_type, int32_t device_index) {
    return at::globalContext().defaultGenerator(
        c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index)));
}
}  // namespace

drg_status drg_manual_seed(int64_t seed) {
    return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

drg_status drg_generator_state(int32_t device_type, int32_t device_index, drg_tensor* out) {
    return guarded([&] {
        auto generator = generator_of(device_type, device_index);
        std::lock_guard<std::mutex> lock(generator.mutex());
        *out = handle_of(generator.get_state());
    });
}

drg_status drg_set_generator_state(int32_t device_type, int32_t device_index, drg_tensor state) {
    return guarded([&] {
        auto generator = generator_of(device_type, device_index);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(tensor_of(state));
    });
}

drg_status drg_threads(int32_t* intra_op, int32_t* inter_op) {
    return guarded([&] {
        *intra_op = at::get_num_threads();
        *inter_op = static_cast<int32_t>(at::get_num_interop_threads());
    });
}

drg_status drg_set_threads(int32_t intra_op) {
    return guarded([&] { at::set_num_threads(intra_op); });
}

drg_status drg_set_inter_op_threads(int32_t inter_op) {
    return guarded([&] { at::set_num_interop_threads(inter_op); });
}

drg_status drg_cuda(int32_t* available, int32_t* count) {
    return guarded([&] {
        *available = at::globalContext().hasCUDA();
        *count = *available ? static_cast<int32_t>(at::getNumGPUs()) : 0;
    });
}
