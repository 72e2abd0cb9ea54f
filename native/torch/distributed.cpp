// Process groups of libtorch (c10d): Gloo where its headers were found when the bridge was built, NCCL likewise, and none without either.
#include <chrono>
#include <cstdlib>
#include <memory>
#include <vector>

#include <torch/version.h>

#include "bridge.h"

using dragoman::BadArgument;
using dragoman::guarded;
using dragoman::tensor_of;

#if defined(USE_C10D_GLOO) || defined(USE_C10D_NCCL)

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#if defined(USE_C10D_GLOO)
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#if defined(USE_C10D_NCCL)
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#if defined(__linux__)
// glog's, where libtorch was built with it: c10d writes there what it throws as well, and a failure is told once.
namespace fLI {
extern __attribute__((weak)) int32_t FLAGS_minloglevel;
}
#endif

namespace {

void log_nothing() {
#if defined(__linux__)
    constexpr int32_t fatal = 3;
    if (&fLI::FLAGS_minloglevel != nullptr) fLI::FLAGS_minloglevel = fatal;
#endif
}

// From 2.0 the collectives are a Backend's; before, a ProcessGroup was one itself.
#if TORCH_VERSION_MAJOR >= 2
using Collectives = c10d::Backend;
#else
using Collectives = c10d::ProcessGroup;
#endif

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0; }

#if defined(USE_C10D_GLOO)
c10::intrusive_ptr<Collectives> gloo(const c10::intrusive_ptr<c10d::Store>& store, const std::string& host, int rank, int size, std::chrono::milliseconds timeout) {
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
    if (interface != nullptr && *interface != '\0') options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForInterface(interface));
    else if (is_loopback(host)) options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1"));
    else options->devices.push_back(c10d::ProcessGroupGloo::createDefaultDevice());
    return c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options);
}
#endif

#if defined(USE_C10D_NCCL)
c10::intrusive_ptr<Collectives> nccl(const c10::intrusive_ptr<c10d::Store>& store, int rank, int size, std::chrono::milliseconds timeout) {
    // wait() then blocks, and fails after the time-out, as Gloo's does. The variable was renamed in 2.2.
    setenv("NCCL_BLOCKING_WAIT", "1", 0);
    setenv("TORCH_NCCL_BLOCKING_WAIT", "1", 0);
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = timeout;
    return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
}
#endif

c10::intrusive_ptr<Collectives> collectives(int32_t backend, const c10::intrusive_ptr<c10d::Store>& store, const std::string& host, int rank, int size,
                                            std::chrono::milliseconds timeout) {
#if defined(USE_C10D_GLOO)
    if (backend == DRG_GLOO) return gloo(store, host, rank, size, timeout);
#endif
#if defined(USE_C10D_NCCL)
    if (backend == DRG_NCCL) return nccl(store, rank, size, timeout);
#endif
    throw BadArgument("the bridge was built without this backend");
}

}  // namespace

struct drg_group_s {
    c10::intrusive_ptr<c10d::TCPStore> store;
    c10::intrusive_ptr<Collectives> collectives;
};

drg_status drg_group_backends(int32_t* out) {
    return guarded([&] {
        *out = 0;
#if defined(USE_C10D_GLOO)
        *out |= DRG_GLOO;
#endif
#if defined(USE_C10D_NCCL)
        *out |= DRG_NCCL;
#endif
    });
}

drg_status drg_group_join(int32_t backend, const char* host, int32_t port, int32_t rank, int32_t size, int64_t timeout_ms, drg_group* out) {
    return guarded([&] {
        log_nothing();
        c10d::TCPStoreOptions options;
        options.port = static_cast<std::uint16_t>(port);
        options.isServer = rank == 0;
        options.numWorkers = static_cast<std::size_t>(size);
        options.timeout = std::chrono::milliseconds(timeout_ms);
        auto group = std::make_unique<drg_group_s>();
        group->store = c10::make_intrusive<c10d::TCPStore>(std::string(host), options);
        auto prefixed = c10::make_intrusive<c10d::PrefixStore>("group", group->store);
        group->collectives = collectives(backend, prefixed, host, rank, size, options.timeout);
        *out = group.release();
    });
}

drg_status drg_group_free(drg_group group) {
    return guarded([&] { delete group; });
}

drg_status drg_group_sum(drg_group group, drg_tensor tensor) {
    return guarded([&] {
        std::vector<at::Tensor> tensors{tensor_of(tensor)};
        group->collectives->allreduce(tensors)->wait();
    });
}

drg_status drg_group_broadcast(drg_group group, drg_tensor tensor, int32_t root) {
    return guarded([&] {
        std::vector<at::Tensor> tensors{tensor_of(tensor)};
        c10d::BroadcastOptions options;
        options.rootRank = root;
        group->collectives->broadcast(tensors, options)->wait();
    });
}

drg_status drg_group_publish(drg_group group, const char* key, const void* data, int64_t bytes) {
    return guarded([&] {
        auto first = static_cast<const uint8_t*>(data);
        group->store->set(key, std::vector<uint8_t>(first, first + bytes));
    });
}

drg_status drg_group_await(drg_group group, const char* key, int64_t timeout_ms, drg_tensor* out) {
    return guarded([&] {
        group->store->wait({key}, std::chrono::milliseconds(timeout_ms));
        auto value = group->store->get(key);
        *out = nullptr;
        auto status = drg_tensor_copy_from(value.data(), static_cast<int32_t>(at::kByte), std::vector<int64_t>{static_cast<int64_t>(value.size())}.data(), 1, out);
        if (status != DRG_OK) throw std::runtime_error(drg_last_error());
    });
}

#else

struct drg_group_s {};

namespace {
drg_status without() {
    return guarded([] { throw BadArgument("the bridge was built without process groups"); });
}
}  // namespace

drg_status drg_group_backends(int32_t* out) {
    return guarded([&] { *out = 0; });
}

drg_status drg_group_join(int32_t, const char*, int32_t, int32_t, int32_t, int64_t, drg_group*) { return without(); }
drg_status drg_group_free(drg_group) { return without(); }
drg_status drg_group_sum(drg_group, drg_tensor) { return without(); }
drg_status drg_group_broadcast(drg_group, drg_tensor, int32_t) { return without(); }
drg_status drg_group_publish(drg_group, const char*, const void*, int64_t) { return without(); }
drg_status drg_group_await(drg_group, const char*, int64_t, drg_tensor*) { return without(); }

#endif
