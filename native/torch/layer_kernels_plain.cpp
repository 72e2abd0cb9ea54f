#define DRG_ISA plain
#define DRG_LANES 4
#include "layer_kernels_impl.h"
