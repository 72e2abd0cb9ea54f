#include "layer_kernels.h"

namespace dragoman {

#define DRG_DECLARE_KERNELS(isa)                       \
    namespace isa {                                    \
    extern const LayerKernels<float> float_kernels;    \
    extern const LayerKernels<bf16> bf16_kernels;      \
    }
DRG_DECLARE_KERNELS(plain)
DRG_DECLARE_KERNELS(avx2)
DRG_DECLARE_KERNELS(avx512)

namespace {

enum class Isa { Plain, Avx2, Avx512 };

Isa widest() {
#if DRG_X86_KERNELS
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd"))
        return Isa::Avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) return Isa::Avx2;
#endif
    return Isa::Plain;
}

}  // namespace

#if DRG_X86_KERNELS
#define DRG_CHOOSE(kernels) (isa == Isa::Avx512 ? avx512::kernels : isa == Isa::Avx2 ? avx2::kernels : plain::kernels)
#else
#define DRG_CHOOSE(kernels) (static_cast<void>(isa), plain::kernels)
#endif

template <>
const LayerKernels<float>& layer_kernels<float>() {
    static const Isa isa = widest();
    return DRG_CHOOSE(float_kernels);
}

template <>
const LayerKernels<bf16>& layer_kernels<bf16>() {
    static const Isa isa = widest();
    return DRG_CHOOSE(bf16_kernels);
}

}  // namespace dragoman
