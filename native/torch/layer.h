// A transformer layer over sequences laid end to end without padding: what its forward and backward pass share.
#pragma once

#include <array>
#include <mutex>
#include <vector>

#include <ATen/core/Tensor.h>

#include "layer_kernels.h"

namespace dragoman {

enum Weight { QueryWeight, QueryBias, KeyWeight, KeyBias, ValueWeight, ValueBias, OutWeight, OutBias, Norm1Scale, Norm1Shift, UpWeight, UpBias, DownWeight, DownBias, Norm2Scale, Norm2Shift, WeightCount };

// The five matrices in the type of products; keys and values in one where they are copies.
struct Products {
    at::Tensor query, out, up, down;
    std::vector<at::Tensor> key_value;
};

struct LayerShape {
    int64_t heads;
    Activation activation;
    float epsilon;
};

// What one pass is told: where sequences begin, whether only their first tokens are wanted, and dropout.
struct LayerPass {
    at::Tensor offsets;             // int64 [B + 1]
    bool first_only;
    Dropout attention, attended, fed;
};

// What the way back needs, in the type of products but for the deviations.
struct LayerMemory {
    at::Tensor x, query, key_value, context, normalised1, deviations1, up, normalised2, deviations2;
};

at::Tensor layer_forward(const LayerShape& shape, const Products& products, at::TensorList weights, const at::Tensor& x, const LayerPass& pass, LayerMemory* memory);

// Gradients of x, then of the weights in their order.
std::vector<at::Tensor> layer_backward(const LayerShape& shape, const Products& products, at::TensorList weights, const LayerPass& pass, const LayerMemory& memory, const at::Tensor& dy);

}  // namespace dragoman

// A layer's weights, with copies in bf16 that are made again when a weight has changed.
struct drg_layer_s {
    drg_layer_s(std::vector<at::Tensor> given, dragoman::LayerShape layer_shape) : weights(std::move(given)), shape(layer_shape) {}

    dragoman::Products products(at::ScalarType type);

    std::vector<at::Tensor> weights;
    dragoman::LayerShape shape;

private:
    std::mutex mutex_;
    dragoman::Products converted_;
    std::array<int64_t, dragoman::WeightCount> versions_{};
};
