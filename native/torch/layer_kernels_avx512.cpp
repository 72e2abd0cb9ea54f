#define DRG_ISA avx512
#define DRG_LANES 16
#include "layer_kernels_impl.h"
