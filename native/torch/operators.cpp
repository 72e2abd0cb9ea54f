#include <memory>
#include <mutex>
#include <sstream>
#include <unordered_map>
#include <vector>

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include "bridge.h"

using c10::IValue;
using c10::TypeKind;
using dragoman::BadArgument;
using dragoman::guarded;
using dragoman::handle_of;
using dragoman::tensor_of;

namespace {

enum class Kind { Tensor, Int, Double, Number, Bool, String, Device, IntList, DoubleList, NumberList, BoolList, TensorList, OptionalTensorList, Other };

struct Slot {
    std::string name;
    std::string type;
    Kind kind = Kind::Other;
    bool optional = false;
    bool has_default = false;
    IValue default_value;
};

Kind kind_of(const c10::TypePtr& type) {
    switch (type->kind()) {
        case TypeKind::TensorType: return Kind::Tensor;
        case TypeKind::IntType:
        case TypeKind::SymIntType: return Kind::Int;
        case TypeKind::FloatType: return Kind::Double;
        case TypeKind::NumberType: return Kind::Number;
        case TypeKind::BoolType: return Kind::Bool;
        case TypeKind::StringType: return Kind::String;
        case TypeKind::DeviceObjType: return Kind::Device;
        case TypeKind::ListType: {
            auto element = type->expectRef<c10::ListType>().getElementType();
            if (element->kind() == TypeKind::OptionalType) return Kind::OptionalTensorList;
            switch (kind_of(element)) {
                case Kind::Int: return Kind::IntList;
                case Kind::Double: return Kind::DoubleList;
                case Kind::Number: return Kind::NumberList;
                case Kind::Bool: return Kind::BoolList;
                case Kind::Tensor: return Kind::TensorList;
                default: return Kind::Other;
            }
        }
        default: return Kind::Other;
    }
}

Slot slot_of(const c10::Argument& argument) {
    Slot slot;
    slot.name = argument.name();
    auto type = argument.type();
    slot.type = type->str();
    if (type->kind() == TypeKind::OptionalType) {
        slot.optional = true;
        type = type->expectRef<c10::OptionalType>().getElementType();
    }
    slot.kind = kind_of(type);
    slot.has_default = argument.default_value().has_value();
    if (slot.has_default) slot.default_value = *argument.default_value();
    return slot;
}

const char* tag_name(int32_t tag) {
    static const char* names[] = {"nothing", "a tensor", "an integer", "a float", "a bool", "a string", "a device", "a list of integers",
                                  "a list of floats", "a list of bools", "a list of tensors"};
    return tag >= 0 && tag <= DRG_TENSOR_LIST ? names[tag] : "an unknown tag";
}

template <typename Element, typename Raw>
IValue list_of(const drg_value& value) {
    c10::List<Element> list;
    list.reserve(value.count);
    auto items = static_cast<const Raw*>(value.as.p);
    for (int32_t i = 0; i < value.count; i++) list.push_back(static_cast<Element>(items[i]));
    return list;
}

IValue tensors_of(const drg_value& value) {
    c10::List<at::Tensor> list;
    list.reserve(value.count);
    auto items = static_cast<const drg_tensor*>(value.as.p);
    for (int32_t i = 0; i < value.count; i++) list.push_back(tensor_of(items[i]));
    return list;
}

// libtorch's optional was its own class before it became the standard one, so its name is taken from where it is used.
template <template <typename...> class Optional, typename... Value>
Optional<at::Tensor> tensor_in(const Optional<Value...>&);
using OptionalTensor = decltype(tensor_in(std::declval<const c10::Argument&>().default_value()));

IValue optional_tensors_of(const drg_value& value) {
    c10::List<OptionalTensor> list;
    list.reserve(value.count);
    auto items = static_cast<const drg_tensor*>(value.as.p);
    for (int32_t i = 0; i < value.count; i++) {
        if (items[i] == nullptr) list.push_back(OptionalTensor());
        else list.push_back(OptionalTensor(tensor_of(items[i])));
    }
    return list;
}

IValue numbers_of(const drg_value& value) {
    c10::List<at::Scalar> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) {
        if (value.tag == DRG_INT_LIST) list.push_back(at::Scalar(static_cast<const int64_t*>(value.as.p)[i]));
        else list.push_back(at::Scalar(static_cast<const double*>(value.as.p)[i]));
    }
    return list;
}

// The schema decides what a value becomes, so that an integer can stand for a float and one integer for a list of one.
bool convert(Kind kind, const drg_value& value, IValue& result) {
    switch (kind) {
        case Kind::Tensor:
            if (value.tag != DRG_TENSOR) return false;
            result = tensor_of(reinterpret_cast<drg_tensor>(const_cast<void*>(value.as.p)));
            return true;
        case Kind::Int:
            if (value.tag != DRG_INT && value.tag != DRG_BOOL) return false;
            result = value.as.i;
            return true;
        case Kind::Double:
            if (value.tag == DRG_DOUBLE) result = value.as.d;
            else if (value.tag == DRG_INT) result = static_cast<double>(value.as.i);
            else return false;
            return true;
        case Kind::Number:
            if (value.tag == DRG_DOUBLE) result = value.as.d;
            else if (value.tag == DRG_INT) result = value.as.i;
            else if (value.tag == DRG_BOOL) result = value.as.i != 0;
            else return false;
            return true;
        case Kind::Bool:
            if (value.tag != DRG_BOOL) return false;
            result = value.as.i != 0;
            return true;
        case Kind::String:
            if (value.tag != DRG_STRING) return false;
            result = std::string(static_cast<const char*>(value.as.p), static_cast<size_t>(value.count));
            return true;
        case Kind::Device:
            if (value.tag != DRG_DEVICE) return false;
            result = c10::Device(static_cast<c10::DeviceType>(value.count), static_cast<c10::DeviceIndex>(value.as.i));
            return true;
        case Kind::IntList:
            if (value.tag == DRG_INT) result = c10::List<int64_t>({value.as.i});
            else if (value.tag == DRG_INT_LIST) result = list_of<int64_t, int64_t>(value);
            else return false;
            return true;
        case Kind::DoubleList:
            if (value.tag == DRG_DOUBLE_LIST) result = list_of<double, double>(value);
            else if (value.tag == DRG_INT_LIST) result = list_of<double, int64_t>(value);
            else return false;
            return true;
        case Kind::NumberList:
            if (value.tag != DRG_DOUBLE_LIST && value.tag != DRG_INT_LIST) return false;
            result = numbers_of(value);
            return true;
        case Kind::BoolList:
            if (value.tag != DRG_BOOL_LIST) return false;
            result = list_of<bool, int64_t>(value);
            return true;
        case Kind::TensorList:
            if (value.tag != DRG_TENSOR_LIST) return false;
            result = tensors_of(value);
            return true;
        case Kind::OptionalTensorList:
            if (value.tag != DRG_TENSOR_LIST) return false;
            result = optional_tensors_of(value);
            return true;
        default:
            // Layouts, memory formats and the like are integers in the boxed convention.
            if (value.tag != DRG_INT) return false;
            result = value.as.i;
            return true;
    }
}

IValue argument_of(const Slot& slot, const drg_value& value) {
    IValue result;
    if (value.tag == DRG_NONE && slot.optional) return result;
    if (value.tag != DRG_NONE && convert(slot.kind, value, result)) return result;
    throw BadArgument("argument '" + slot.name + "' is " + slot.type + (slot.optional ? "" : " and required") + "; " + tag_name(value.tag) + " was given");
}

const drg_tensor* tensor_array(const c10::List<at::Tensor>& list) {
    auto items = std::make_unique<drg_tensor[]>(list.size());
    for (size_t i = 0; i < list.size(); i++) items[i] = handle_of(list.get(i));
    return items.release();
}

drg_value result_of(const IValue& value) {
    drg_value result{};
    if (value.isTensor()) {
        if (!value.toTensor().defined()) return result;
        result.tag = DRG_TENSOR;
        result.as.p = handle_of(value.toTensor());
    } else if (value.isTensorList()) {
        auto list = value.toTensorList();
        result.tag = DRG_TENSOR_LIST;
        result.count = static_cast<int32_t>(list.size());
        result.as.p = tensor_array(list);
    } else if (value.isInt()) {
        result.tag = DRG_INT;
        result.as.i = value.toInt();
    } else if (value.isDouble()) {
        result.tag = DRG_DOUBLE;
        result.as.d = value.toDouble();
    } else if (value.isBool()) {
        result.tag = DRG_BOOL;
        result.as.i = value.toBool();
    } else if (!value.isNone()) {
        throw BadArgument("the operator returns " + value.tagKind() + ", which the bridge does not carry");
    }
    return result;
}

}  // namespace

struct drg_op_s {
    explicit drg_op_s(c10::OperatorHandle found) : handle(std::move(found)) {
        for (const auto& argument : handle.schema().arguments()) slots.push_back(slot_of(argument));
        std::ostringstream text;
        text << handle.schema();
        schema = text.str();
    }

    c10::OperatorHandle handle;
    std::vector<Slot> slots;
    std::string schema;
};

drg_status drg_op_find(const char* name, const char* overload, drg_op* out) {
    return guarded([&] {
        static std::mutex mutex;
        static std::unordered_map<std::string, std::unique_ptr<drg_op_s>> known;
        std::lock_guard<std::mutex> lock(mutex);
        auto& entry = known[std::string(name) + "." + overload];
        if (!entry) entry = std::make_unique<drg_op_s>(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
        *out = entry.get();
    });
}

drg_status drg_op_schema(drg_op op, const char** out) {
    return guarded([&] { *out = op->schema.c_str(); });
}

drg_status drg_op_call(drg_op op, const drg_value* arguments, int32_t argument_count, drg_value* results, int32_t result_capacity,
                       int32_t* result_count) {
    return guarded([&] {
        const auto& slots = op->slots;
        if (argument_count > static_cast<int32_t>(slots.size()))
            throw BadArgument(std::to_string(argument_count) + " arguments were given; the operator takes " + std::to_string(slots.size()));
        std::vector<IValue> stack;
        stack.reserve(slots.size());
        for (int32_t i = 0; i < argument_count; i++) stack.push_back(argument_of(slots[i], arguments[i]));
        for (size_t i = static_cast<size_t>(argument_count); i < slots.size(); i++) {
            if (!slots[i].has_default) throw BadArgument("argument '" + slots[i].name + "' is missing");
            stack.push_back(slots[i].default_value);
        }
        op->handle.callBoxed(&stack);
        if (static_cast<int32_t>(stack.size()) > result_capacity)
            throw BadArgument("the operator returns " + std::to_string(stack.size()) + " values; there is room for " + std::to_string(result_capacity));
        for (size_t i = 0; i < stack.size(); i++) results[i] = result_of(stack[i]);
        *result_count = static_cast<int32_t>(stack.size());
    });
}

drg_status drg_list_free(const void* items) {
    return guarded([&] { delete[] static_cast<const drg_tensor*>(items); });
}
