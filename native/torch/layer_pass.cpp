#include <algorithm>

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>

#include "layer.h"

namespace dragoman {
namespace {

constexpr int64_t RowsAPart = 128;                      // sums over rows are made in parts of so many, so that they do not depend on the number of threads

template <typename T>
T* data(const at::Tensor& tensor) { return static_cast<T*>(tensor.data_ptr()); }

float* floats(const at::Tensor& tensor) { return tensor.data_ptr<float>(); }

template <typename Body>
void each_part(int64_t rows, const Body& body) {
    at::parallel_for(0, (rows + RowsAPart - 1) / RowsAPart, 1, [&](int64_t begin, int64_t end) {
        for (int64_t part = begin; part < end; part++) body(part, part * RowsAPart, std::min(RowsAPart, rows - part * RowsAPart));
    });
}

at::Tensor part_sums(int64_t rows, int64_t width, const at::Tensor& like) { return at::zeros({(rows + RowsAPart - 1) / RowsAPart, width}, like.options().dtype(at::kFloat)); }

// Calls a body with every sequence and head. Heads come first, so that threads get as much of the long sequences as of the short ones.
template <typename T, typename Body>
void each_head(const LayerShape& shape, at::TensorList weights, const LayerPass& pass, const at::Tensor& query, const at::Tensor& key_value, const Body& body) {
    int64_t h = query.size(1), s = h / shape.heads, sequences = pass.offsets.size(0) - 1;
    const int64_t* offsets = pass.offsets.data_ptr<int64_t>();
    at::parallel_for(0, sequences * shape.heads, 1, [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; task++) {
            int64_t head = task / sequences, sequence = task % sequences, first = offsets[sequence], first_query = pass.first_only ? sequence : first;
            AttentionHead<T> one{};
            one.query = data<T>(query) + first_query * h + head * s;
            one.key = data<T>(key_value) + first * 2 * h + head * s;
            one.value = one.key + h;
            one.query_stride = h;
            one.value_stride = 2 * h;
            one.query_bias = floats(weights[QueryBias]) + head * s;
            one.key_bias = floats(weights[KeyBias]) + head * s;
            one.value_bias = floats(weights[ValueBias]) + head * s;
            one.columns = offsets[sequence + 1] - first;
            one.rows = pass.first_only ? 1 : one.columns;
            one.width = s;
            one.dropout = pass.attention;
            one.dropout.seed += 0x9e3779b97f4a7c15u * static_cast<uint64_t>(task + 1);
            body(one, first_query * h + head * s, first * 2 * h + head * s);
        }
    });
}

at::Tensor project(const at::Tensor& x, const std::vector<at::Tensor>& weights) {
    if (weights.size() == 1) return at::mm(x, weights[0].t());
    int64_t h = weights[0].size(0);
    auto out = at::empty({x.size(0), h * static_cast<int64_t>(weights.size())}, x.options());
    for (size_t i = 0; i < weights.size(); i++) {
        auto part = out.narrow(1, static_cast<int64_t>(i) * h, h);
        at::mm_out(part, x, weights[i].t());
    }
    return out;
}

// to += x·w, in float
void add_product(at::Tensor& to, const at::Tensor& x, const at::Tensor& w) {
    if (to.scalar_type() == x.scalar_type()) to.addmm_(x, w);
    else to.add_(at::mm(x, w));
}

template <typename T>
at::Tensor norm(const at::Tensor& residual, const at::Tensor& z, const at::Tensor& bias, const at::Tensor& scale, const at::Tensor& shift, float epsilon, const Dropout& dropout, at::Tensor* product,
                at::Tensor* normalised, at::Tensor* deviations) {
    int64_t rows = residual.size(0), width = z.size(1);
    auto y = at::empty({rows, width}, residual.options());
    bool separate = product != nullptr && z.scalar_type() != at::kFloat;
    if (product != nullptr) *product = separate ? at::empty_like(z) : y;
    if (normalised != nullptr) {
        *normalised = at::empty_like(z);
        *deviations = at::empty({rows}, residual.options());
    }
    each_part(rows, [&](int64_t, int64_t first, int64_t count) {
        layer_kernels<T>().norm(floats(residual), data<T>(z), floats(bias), floats(scale), floats(shift), epsilon, dropout, first, count, width, floats(y), separate ? data<T>(*product) : nullptr,
                                normalised == nullptr ? nullptr : data<T>(*normalised), normalised == nullptr ? nullptr : floats(*deviations));
    });
    return y;
}

// How many rows a product is computed for. oneDNN compiles a kernel for every shape, which takes milliseconds and memory, so bf16 products of many different numbers of rows are rounded up;
// what stands in the added rows means nothing. The way back sums over rows and so must have them exact.
int64_t product_rows(int64_t rows, at::ScalarType type, bool exact) {
    int64_t step = rows >= 1024 ? 128 : 32;
    return exact || type != at::kBFloat16 ? rows : (rows + step - 1) / step * step;
}

at::Tensor to_product(const at::Tensor& x, at::ScalarType type, int64_t rows) {
    if (rows == x.size(0)) return x.to(type);
    auto out = at::empty({rows, x.size(1)}, x.options().dtype(type));
    out.narrow(0, 0, x.size(0)).copy_(x);
    return out;
}

template <typename T>
at::Tensor forward(const LayerShape& shape, const Products& products, at::TensorList weights, const at::Tensor& x, const LayerPass& pass, LayerMemory* memory) {
    auto type = products.query.scalar_type();
    auto residual = pass.first_only ? x.index_select(0, pass.offsets.narrow(0, 0, pass.offsets.size(0) - 1)) : x;
    auto input = to_product(x, type, product_rows(x.size(0), type, memory != nullptr));
    auto asked = pass.first_only ? to_product(residual, type, product_rows(residual.size(0), type, memory != nullptr)) : input;
    auto query = at::mm(asked, products.query.t());                                                                 // [Q, H], Q rounded up
    auto key_value = project(input, products.key_value);                                                            // [N, 2·H]
    auto context = at::empty_like(query);
    each_head<T>(shape, weights, pass, query, key_value,
                 [&](const AttentionHead<T>& head, int64_t place, int64_t) { layer_kernels<T>().attention(head, data<T>(context) + place, context.size(1)); });
    if (memory != nullptr) {
        memory->x = input;
        memory->query = query;
        memory->key_value = key_value;
        memory->context = context;
    }
    input = query = key_value = at::Tensor();
    auto z = at::mm(context, products.out.t());
    at::Tensor product;
    auto middle = norm<T>(residual, z, weights[OutBias], weights[Norm1Scale], weights[Norm1Shift], shape.epsilon, pass.attended, &product, memory ? &memory->normalised1 : nullptr,
                          memory ? &memory->deviations1 : nullptr);
    auto up = at::mm(product, products.up.t());                                                                     // [Q, I]
    auto activated = memory == nullptr ? up : at::empty_like(up);
    each_part(residual.size(0), [&](int64_t, int64_t first, int64_t count) {
        int64_t place = first * up.size(1);
        layer_kernels<T>().activate(data<T>(up) + place, floats(weights[UpBias]), data<T>(activated) + place, count, up.size(1), shape.activation);
    });
    if (memory != nullptr) memory->up = up;
    z = at::mm(activated, products.down.t());
    return norm<T>(middle, z, weights[DownBias], weights[Norm2Scale], weights[Norm2Shift], shape.epsilon, pass.fed, nullptr, memory ? &memory->normalised2 : nullptr,
                   memory ? &memory->deviations2 : nullptr);
}

template <typename T>
void norm_backward(const at::Tensor& dy, const at::Tensor& normalised, const at::Tensor& deviations, const at::Tensor& scale, const Dropout& dropout, at::Tensor& d_residual, at::Tensor& d_z,
                   at::Tensor& d_scale, at::Tensor& d_shift, at::Tensor& d_bias) {
    int64_t rows = dy.size(0), width = dy.size(1);
    d_residual = at::empty_like(dy);
    d_z = at::empty_like(normalised);
    auto sums = part_sums(rows, 3 * width, dy);
    each_part(rows, [&](int64_t part, int64_t first, int64_t count) {
        float* to = floats(sums) + part * 3 * width;
        layer_kernels<T>().norm_backward(floats(dy), data<T>(normalised), floats(deviations), floats(scale), dropout, first, count, width, floats(d_residual), data<T>(d_z), to, to + width,
                                         to + 2 * width);
    });
    auto all = sums.sum(0);
    d_scale = all.narrow(0, 0, width).clone();
    d_shift = all.narrow(0, width, width).clone();
    d_bias = all.narrow(0, 2 * width, width).clone();
}

template <typename T>
at::Tensor column_sums(const at::Tensor& x) {
    auto sums = part_sums(x.size(0), x.size(1), x);
    each_part(x.size(0), [&](int64_t part, int64_t first, int64_t count) {
        layer_kernels<T>().column_sums(data<T>(x) + first * x.size(1), x.size(1), floats(sums) + part * x.size(1), count, x.size(1));
    });
    return sums.sum(0);
}

at::Tensor weight_gradient(const at::Tensor& d_out, const at::Tensor& x) { return at::mm(d_out.t(), x).to(at::kFloat); }

template <typename T>
std::vector<at::Tensor> backward(const LayerShape& shape, const Products& products, at::TensorList weights, const LayerPass& pass, const LayerMemory& memory, const at::Tensor& dy) {
    const auto& kernels = layer_kernels<T>();
    std::vector<at::Tensor> gradients(1 + WeightCount);
    auto gradient = [&](Weight weight) -> at::Tensor& { return gradients[1 + weight]; };
    int64_t h = dy.size(1);

    at::Tensor d_middle, d_z;
    norm_backward<T>(dy, memory.normalised2, memory.deviations2, weights[Norm2Scale], pass.fed, d_middle, d_z, gradient(Norm2Scale), gradient(Norm2Shift), gradient(DownBias));
    {
        auto d_up = at::mm(d_z, products.down);                                                                     // [Q, I], first the gradient of what is activated
        auto activated = at::empty_like(d_up);
        auto sums = part_sums(d_up.size(0), d_up.size(1), dy);
        each_part(d_up.size(0), [&](int64_t part, int64_t first, int64_t count) {
            int64_t place = first * d_up.size(1);
            kernels.activate_backward(data<T>(d_up) + place, data<T>(memory.up) + place, floats(weights[UpBias]), data<T>(activated) + place, floats(sums) + part * d_up.size(1), count, d_up.size(1),
                                      shape.activation);
        });
        gradient(UpBias) = sums.sum(0);
        gradient(DownWeight) = weight_gradient(d_z, activated);
        auto middle = activated.numel() < d_z.numel() ? at::empty_like(d_z) : activated.view({-1}).narrow(0, 0, d_z.numel()).view(d_z.sizes());   // its memory, used again
        each_part(middle.size(0), [&](int64_t, int64_t first, int64_t count) {
            kernels.rescale(data<T>(memory.normalised1) + first * h, floats(weights[Norm1Scale]), floats(weights[Norm1Shift]), data<T>(middle) + first * h, count, h);
        });
        gradient(UpWeight) = weight_gradient(d_up, middle);
        add_product(d_middle, d_up, products.up);
    }
    at::Tensor d_residual;
    norm_backward<T>(d_middle, memory.normalised1, memory.deviations1, weights[Norm1Scale], pass.attended, d_residual, d_z, gradient(Norm1Scale), gradient(Norm1Shift), gradient(OutBias));
    gradient(OutWeight) = weight_gradient(d_z, memory.context);
    auto d_context = at::mm(d_z, products.out);
    auto d_query = at::empty_like(memory.query), d_key_value = at::empty_like(memory.key_value);
    each_head<T>(shape, weights, pass, memory.query, memory.key_value, [&](const AttentionHead<T>& head, int64_t place, int64_t key_place) {
        kernels.attention_backward(head, data<T>(d_context) + place, h, data<T>(d_query) + place, data<T>(d_key_value) + key_place, data<T>(d_key_value) + key_place + h);
    });
    auto firsts = pass.first_only ? pass.offsets.narrow(0, 0, pass.offsets.size(0) - 1) : at::Tensor();
    gradient(QueryBias) = column_sums<T>(d_query);
    gradient(QueryWeight) = weight_gradient(d_query, pass.first_only ? memory.x.index_select(0, firsts) : memory.x);
    auto both = column_sums<T>(d_key_value);
    gradient(KeyBias) = both.narrow(0, 0, h).clone();
    gradient(ValueBias) = both.narrow(0, h, h).clone();
    gradient(KeyWeight) = weight_gradient(d_key_value.narrow(1, 0, h), memory.x);
    gradient(ValueWeight) = weight_gradient(d_key_value.narrow(1, h, h), memory.x);

    add_product(d_residual, d_query, products.query);
    auto dx = pass.first_only ? at::zeros({memory.x.size(0), h}, dy.options()).index_add_(0, firsts, d_residual) : d_residual;
    for (size_t i = 0; i < products.key_value.size(); i++) {
        int64_t width = products.key_value[i].size(0);
        add_product(dx, d_key_value.narrow(1, static_cast<int64_t>(i) * width, width), products.key_value[i]);
    }
    gradients[0] = dx;
    return gradients;
}

}  // namespace

at::Tensor layer_forward(const LayerShape& shape, const Products& products, at::TensorList weights, const at::Tensor& x, const LayerPass& pass, LayerMemory* memory) {
    return products.query.scalar_type() == at::kBFloat16 ? forward<bf16>(shape, products, weights, x, pass, memory) : forward<float>(shape, products, weights, x, pass, memory);
}

std::vector<at::Tensor> layer_backward(const LayerShape& shape, const Products& products, at::TensorList weights, const LayerPass& pass, const LayerMemory& memory, const at::Tensor& dy) {
    return products.query.scalar_type() == at::kBFloat16 ? backward<bf16>(shape, products, weights, pass, memory, dy) : backward<float>(shape, products, weights, pass, memory, dy);
}

}  // namespace dragoman
