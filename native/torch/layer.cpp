#include "layer.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/csrc/autograd/custom_function.h>

#include "bridge.h"

using namespace dragoman;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

uint64_t random_seed() {
    auto generator = at::detail::getDefaultCPUGenerator();
    std::lock_guard<std::mutex> lock(generator.mutex());
    return at::check_generator<at::CPUGeneratorImpl>(generator)->random64();
}

Dropout dropout_of(double share) {
    Dropout dropout;
    if (share <= 0) return dropout;
    dropout.threshold = static_cast<uint32_t>(share * 4294967296.0);
    dropout.scale = static_cast<float>(1 / (1 - share));
    dropout.seed = random_seed();
    return dropout;
}

// Joins the layer to the autograd graph. What the forward pass was told travels as a custom pointer, what it made as saved tensors.
struct LayerFunction : torch::autograd::Function<LayerFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::TensorList& weights, drg_layer_s* layer, at::ScalarType type, const LayerPass& pass) {
        auto products = layer->products(type);
        LayerMemory memory;
        auto y = layer_forward(layer->shape, products, weights, x, pass, &memory);
        variable_list saved{pass.offsets, memory.x, memory.query, memory.key_value, memory.context, memory.normalised1, memory.deviations1, memory.up, memory.normalised2, memory.deviations2};
        saved.insert(saved.end(), {products.query, products.out, products.up, products.down});
        saved.insert(saved.end(), weights.begin(), weights.end());
        saved.insert(saved.end(), products.key_value.begin(), products.key_value.end());
        context->save_for_backward(std::move(saved));
        context->saved_data["heads"] = layer->shape.heads;
        context->saved_data["activation"] = static_cast<int64_t>(layer->shape.activation);
        context->saved_data["first_only"] = pass.first_only;
        Save(context, "attention", pass.attention);
        Save(context, "attended", pass.attended);
        Save(context, "fed", pass.fed);
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list given) {
        if (at::GradMode::is_enabled()) throw BadArgument("a fused transformer layer has no second derivative; compute it without createGraph, or in float64");
        c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::DispatchKey::AutocastCPU);
        auto saved = context->get_saved_variables();
        LayerShape shape{context->saved_data["heads"].toInt(), static_cast<Activation>(context->saved_data["activation"].toInt()), 0};
        LayerPass pass{saved[0], context->saved_data["first_only"].toBool(), Load(context, "attention"), Load(context, "attended"), Load(context, "fed")};
        LayerMemory memory{saved[1], saved[2], saved[3], saved[4], saved[5], saved[6], saved[7], saved[8], saved[9]};
        auto weights = at::TensorList(saved).slice(14, WeightCount);
        Products products{saved[10], saved[11], saved[12], saved[13], {saved.begin() + 14 + WeightCount, saved.end()}};
        auto gradients = layer_backward(shape, products, weights, pass, memory, given[0].contiguous());
        gradients.resize(gradients.size() + 3);                                     // layer, type and pass have none
        return gradients;
    }

private:
    static void Save(AutogradContext* context, const std::string& name, const Dropout& dropout) {
        context->saved_data[name] = std::vector<int64_t>{dropout.threshold, static_cast<int64_t>(dropout.seed)};
        context->saved_data[name + " scale"] = static_cast<double>(dropout.scale);
    }

    static Dropout Load(AutogradContext* context, const std::string& name) {
        auto numbers = context->saved_data[name].toIntVector();
        return {static_cast<uint32_t>(numbers[0]), static_cast<float>(context->saved_data[name + " scale"].toDouble()), static_cast<uint64_t>(numbers[1])};
    }
};

}  // namespace

Products drg_layer_s::products(at::ScalarType type) {
    if (type == at::kFloat) return {weights[QueryWeight], weights[OutWeight], weights[UpWeight], weights[DownWeight], {weights[KeyWeight], weights[ValueWeight]}};
    at::NoGradGuard no_grad;
    std::lock_guard<std::mutex> lock(mutex_);
    bool stale = !converted_.query.defined();
    for (size_t i = 0; i < WeightCount; i++) {
        stale |= versions_[i] != weights[i]._version();
        versions_[i] = weights[i]._version();
    }
    if (stale) {
        converted_ = {};
        converted_ = {weights[QueryWeight].to(type), weights[OutWeight].to(type), weights[UpWeight].to(type), weights[DownWeight].to(type),
                      {at::cat({weights[KeyWeight].to(type), weights[ValueWeight].to(type)})}};
    }
    return converted_;
}

drg_status drg_layer_create(const drg_tensor* weights, int32_t heads, int32_t activation, double epsilon, drg_layer* out) {
    return guarded([&] {
        std::vector<at::Tensor> given;
        for (int32_t i = 0; i < WeightCount; i++) {
            const auto& weight = tensor_of(weights[i]);
            if (weight.device().type() != at::kCPU || weight.scalar_type() != at::kFloat || !weight.is_contiguous()) throw BadArgument("a fused layer's weights are float32, contiguous, on the CPU");
            given.push_back(weight);
        }
        *out = new drg_layer_s(std::move(given), {heads, static_cast<Activation>(activation), static_cast<float>(epsilon)});
    });
}

drg_status drg_layer_free(drg_layer layer) {
    return guarded([&] { delete layer; });
}

drg_status drg_layer_forward(drg_layer layer, drg_tensor x, drg_tensor offsets, int32_t first_only, double attention_dropout, double hidden_dropout, drg_tensor* out) {
    return guarded([&] {
        auto type = cpu_autocast_is_bf16() ? at::kBFloat16 : at::kFloat;
        c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::DispatchKey::AutocastCPU);
        const auto& input = tensor_of(x);
        if (input.scalar_type() != at::kFloat || input.dim() != 2) throw BadArgument("a fused layer's input is float32, of shape [tokens, width]");
        LayerPass pass{tensor_of(offsets), first_only != 0, dropout_of(attention_dropout), dropout_of(hidden_dropout), dropout_of(hidden_dropout)};
        auto contiguous = input.contiguous();
        if (at::GradMode::is_enabled()) *out = handle_of(LayerFunction::apply(contiguous, at::TensorList(layer->weights), layer, type, pass));
        else *out = handle_of(layer_forward(layer->shape, layer->products(type), layer->weights, contiguous, pass, nullptr));
    });
}

drg_status drg_tensor_changed(drg_tensor tensor) {
    return guarded([&] { tensor_of(tensor).unsafeGetTensorImpl()->bump_version(); });
}
