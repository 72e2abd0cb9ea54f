// Implementation of layer_kernels.h, compiled once for each instruction set: DRG_ISA names the namespace, DRG_LANES the floats of a vector register.
// Loops are plain, so that the compiler makes vectors of them; the small matrix products of attention use its vector types.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "layer_kernels.h"

namespace dragoman {
namespace DRG_ISA {
namespace {

constexpr int64_t Lanes = DRG_LANES;

#if defined(__GNUC__)
typedef float Vector __attribute__((vector_size(DRG_LANES * sizeof(float))));

inline Vector larger(const Vector& one, const Vector& other) { return one > other ? one : other; }
#else
struct Vector {
    float lanes[DRG_LANES];

    float operator[](int64_t lane) const { return lanes[lane]; }
    Vector& operator+=(const Vector& other) {
        for (int i = 0; i < DRG_LANES; i++) lanes[i] += other.lanes[i];
        return *this;
    }
};

inline Vector operator*(float factor, const Vector& vector) {
    Vector result;
    for (int i = 0; i < DRG_LANES; i++) result.lanes[i] = factor * vector.lanes[i];
    return result;
}

inline Vector larger(const Vector& one, const Vector& other) {
    Vector result;
    for (int i = 0; i < DRG_LANES; i++) result.lanes[i] = one.lanes[i] > other.lanes[i] ? one.lanes[i] : other.lanes[i];
    return result;
}
#endif

inline float get(float value) { return value; }

inline float get(bf16 value) {
    uint32_t bits = static_cast<uint32_t>(value.bits) << 16;
    float result;
    std::memcpy(&result, &bits, sizeof result);
    return result;
}

inline void put(float& target, float value) { target = value; }

// Rounds to nearest, ties to even; a NaN stays one.
inline void put(bf16& target, float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    target.bits = static_cast<uint16_t>((bits & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : rounded);
}

// e^x to about 1e-7 of its value (the polynomial of the Cephes library), 0 and infinity at the ends replaced by the nearest finite values; a NaN stays one.
inline float exponential(float x) {
    float bounded = x < -87.0f ? -87.0f : x;
    bounded = bounded > 88.0f ? 88.0f : bounded;
    int32_t power = static_cast<int32_t>(bounded * 1.44269504f + (bounded < 0 ? -0.5f : 0.5f));
    float n = static_cast<float>(power);
    float r = (bounded - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    int32_t bits = (power + 127) << 23;
    float scale;
    std::memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}

// Φ(x) and φ(x) of the normal distribution; Φ to 1e-7 (Abramowitz and Stegun, 7.1.26).
inline float normal_distribution(float x, float& density) {
    float z = std::fabs(x) * 0.70710678f;
    float t = 1.0f / (1.0f + 0.3275911f * z);
    float e = exponential(-z * z);
    float tail = 0.5f * e * t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
    density = e * 0.39894228f;
    return x < 0 ? tail : 1.0f - tail;
}

struct Gelu {
    static float value(float x, float& slope) {
        float density, below = normal_distribution(x, density);
        slope = below + x * density;
        return x * below;
    }
};

struct GeluTanh {
    static float value(float x, float& slope) {
        float inner = 0.79788456f * (x + 0.044715f * x * x * x);
        float e = exponential(-2 * std::fabs(inner));
        float size = (1 - e) / (1 + e);
        float t = inner < 0 ? -size : size;
        slope = 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * 0.79788456f * (1 + 3 * 0.044715f * x * x);
        return 0.5f * x * (1 + t);
    }
};

struct Relu {
    static float value(float x, float& slope) {
        slope = x > 0 ? 1.0f : 0.0f;
        return x < 0 ? 0.0f : x;
    }
};

// factors[i] = what the value at place first + i is multiplied by.
inline void keep(const Dropout& dropout, uint32_t first, int64_t count, float* __restrict factors) {
    const uint32_t low = static_cast<uint32_t>(dropout.seed), high = static_cast<uint32_t>(dropout.seed >> 32), threshold = dropout.threshold;
    const float scale = dropout.scale;
    for (int32_t i = 0; i < static_cast<int32_t>(count); i++) {
        uint32_t x = (first + static_cast<uint32_t>(i)) * 0x9e3779b9u ^ low;
        x = (x ^ (x >> 16)) * 0x7feb352du;
        x ^= high;
        x = (x ^ (x >> 15)) * 0x846ca68bu;
        x ^= x >> 16;
        factors[i] = x >= threshold ? scale : 0.0f;
    }
}

// A thread's memory for intermediate results and for dropout's factors, kept from call to call.
std::vector<float>& thread_buffer(int64_t floats) {
    static thread_local std::vector<float> buffer;
    if (static_cast<int64_t>(buffer.size()) < floats) buffer.resize(floats);
    return buffer;
}

float* thread_factors(const Dropout& dropout, int64_t floats) {
    static thread_local std::vector<float> buffer;
    if (dropout.threshold == 0) return nullptr;
    if (static_cast<int64_t>(buffer.size()) < floats) buffer.resize(floats);
    return buffer.data();
}

template <typename T, typename Function>
void activate_rows(const T* x, const float* bias, T* out, int64_t rows, int64_t width) {
    for (int64_t row = 0; row < rows; row++) {
        const T* from = x + row * width;
        T* to = out + row * width;
        for (int64_t i = 0; i < width; i++) {
            float slope;
            put(to[i], Function::value(get(from[i]) + bias[i], slope));
        }
    }
}

template <typename T>
void activate(const T* x, const float* bias, T* out, int64_t rows, int64_t width, Activation activation) {
    if (activation == Activation::Gelu) activate_rows<T, Gelu>(x, bias, out, rows, width);
    else if (activation == Activation::GeluTanh) activate_rows<T, GeluTanh>(x, bias, out, rows, width);
    else activate_rows<T, Relu>(x, bias, out, rows, width);
}

template <typename T, typename Function>
void activate_backward_rows(T* gradient, const T* x, const float* bias, T* out, float* bias_gradient, int64_t rows, int64_t width) {
    for (int64_t row = 0; row < rows; row++) {
        T* g = gradient + row * width;
        const T* from = x + row * width;
        T* to = out + row * width;
        for (int64_t i = 0; i < width; i++) {
            float slope, value = Function::value(get(from[i]) + bias[i], slope);
            float changed = get(g[i]) * slope;
            put(to[i], value);
            put(g[i], changed);
            bias_gradient[i] += changed;
        }
    }
}

template <typename T>
void activate_backward(T* gradient, const T* x, const float* bias, T* out, float* bias_gradient, int64_t rows, int64_t width, Activation activation) {
    if (activation == Activation::Gelu) activate_backward_rows<T, Gelu>(gradient, x, bias, out, bias_gradient, rows, width);
    else if (activation == Activation::GeluTanh) activate_backward_rows<T, GeluTanh>(gradient, x, bias, out, bias_gradient, rows, width);
    else activate_backward_rows<T, Relu>(gradient, x, bias, out, bias_gradient, rows, width);
}

template <typename T>
void norm(const float* residual, const T* z, const float* bias, const float* scale, const float* shift, float epsilon, const Dropout& dropout, int64_t first_row, int64_t rows, int64_t width,
          float* y, T* y_product, T* normalised, float* deviations) {
    float* factors = thread_factors(dropout, width);
    for (int64_t row = first_row; row < first_row + rows; row++) {
        const float* x = residual + row * width;
        const T* added = z + row * width;
        float* out = y + row * width;
        float sum = 0, squares = 0;
        if (factors == nullptr) {
            for (int64_t i = 0; i < width; i++) {
                out[i] = x[i] + get(added[i]) + bias[i];
                sum += out[i];
            }
        } else {
            keep(dropout, static_cast<uint32_t>(row * width), width, factors);
            for (int64_t i = 0; i < width; i++) {
                out[i] = x[i] + (get(added[i]) + bias[i]) * factors[i];
                sum += out[i];
            }
        }
        float mean = sum / width;
        for (int64_t i = 0; i < width; i++) squares += (out[i] - mean) * (out[i] - mean);
        float deviation = 1.0f / std::sqrt(squares / width + epsilon);
        if (deviations != nullptr) {
            deviations[row] = deviation;
            T* kept = normalised + row * width;
            for (int64_t i = 0; i < width; i++) put(kept[i], (out[i] - mean) * deviation);
        }
        for (int64_t i = 0; i < width; i++) out[i] = (out[i] - mean) * deviation * scale[i] + shift[i];
        if (y_product != nullptr) {
            T* product = y_product + row * width;
            for (int64_t i = 0; i < width; i++) put(product[i], out[i]);
        }
    }
}

template <typename T>
void norm_backward(const float* dy, const T* normalised, const float* deviations, const float* scale, const Dropout& dropout, int64_t first_row, int64_t rows, int64_t width, float* d_residual,
                   T* d_z, float* d_scale, float* d_shift, float* d_bias) {
    float* factors = thread_factors(dropout, width);
    for (int64_t row = first_row; row < first_row + rows; row++) {
        const float* g = dy + row * width;
        const T* x = normalised + row * width;
        float* out = d_residual + row * width;
        T* product = d_z + row * width;
        float sum = 0, weighted = 0;
        for (int64_t i = 0; i < width; i++) {
            float scaled = g[i] * scale[i], value = get(x[i]);
            sum += scaled;
            weighted += scaled * value;
            d_scale[i] += g[i] * value;
            d_shift[i] += g[i];
        }
        float mean = sum / width, slope = weighted / width, deviation = deviations[row];
        for (int64_t i = 0; i < width; i++) out[i] = (g[i] * scale[i] - mean - get(x[i]) * slope) * deviation;
        if (factors == nullptr) {
            for (int64_t i = 0; i < width; i++) {
                put(product[i], out[i]);
                d_bias[i] += out[i];
            }
        } else {
            keep(dropout, static_cast<uint32_t>(row * width), width, factors);
            for (int64_t i = 0; i < width; i++) {
                float kept = out[i] * factors[i];
                put(product[i], kept);
                d_bias[i] += kept;
            }
        }
    }
}

template <typename T>
void rescale(const T* normalised, const float* scale, const float* shift, T* y, int64_t rows, int64_t width) {
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t i = 0; i < width; i++) put(y[row * width + i], get(normalised[row * width + i]) * scale[i] + shift[i]);
    }
}

template <typename T>
void column_sums(const T* x, int64_t stride, float* sums, int64_t rows, int64_t width) {
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t i = 0; i < width; i++) sums[i] += get(x[row * stride + i]);
    }
}

#include "layer_attention_impl.h"

template <typename T>
constexpr LayerKernels<T> table() {
    return {activate<T>, activate_backward<T>, norm<T>, norm_backward<T>, rescale<T>, column_sums<T>, attention<T>, attention_backward<T>};
}

}  // namespace

extern const LayerKernels<float> float_kernels = table<float>();
extern const LayerKernels<bf16> bf16_kernels = table<bf16>();

}  // namespace DRG_ISA
}  // namespace dragoman
