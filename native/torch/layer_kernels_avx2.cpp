#define DRG_ISA avx2
#define DRG_LANES 8
#include "layer_kernels_impl.h"
