// What the bridge's files share: turning exceptions into a status, and handles into tensors.
#pragma once

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include "dragoman_torch.h"

namespace dragoman {

struct BadArgument : std::runtime_error {
    using std::runtime_error::runtime_error;
};

drg_status fail(drg_status status, const char* message) noexcept;

// Runs a body and turns whatever it throws into a status and a message kept for this thread.
template <typename Body>
drg_status guarded(Body&& body) noexcept {
    try {
        body();
        return DRG_OK;
    } catch (const BadArgument& error) {
        return fail(DRG_BAD_ARGUMENT, error.what());
    } catch (const c10::Error& error) {
        return fail(DRG_TORCH_ERROR, error.what_without_backtrace());
    } catch (const std::exception& error) {
        return fail(DRG_ERROR, error.what());
    } catch (...) {
        return fail(DRG_UNKNOWN, "something that is not a std::exception was thrown");
    }
}

inline at::Tensor& tensor_of(drg_tensor handle) {
    if (handle == nullptr) throw BadArgument("a tensor handle is null");
    return *reinterpret_cast<at::Tensor*>(handle);
}

inline drg_tensor handle_of(at::Tensor tensor) { return reinterpret_cast<drg_tensor>(new at::Tensor(std::move(tensor))); }

// Whether this thread's products on the CPU are to be in bfloat16.
bool cpu_autocast_is_bf16();

}  // namespace dragoman
