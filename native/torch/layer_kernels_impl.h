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

// out[R, C·Lanes] = a[R, depth]·b[depth, C·Lanes], added to out if wanted. Element (r, k) of a is at r·across + k·along.
template <int R, int C>
inline void multiply_block(const float* a, int64_t across, int64_t along, const float* b, int64_t b_stride, int64_t depth, float* out, int64_t out_stride, bool add) {
    Vector sums[R][C];
    for (int r = 0; r < R; r++) {
        for (int c = 0; c < C; c++) {
            if (add) std::memcpy(&sums[r][c], out + r * out_stride + c * Lanes, sizeof(Vector));
            else sums[r][c] = Vector{};
        }
    }
    for (int64_t k = 0; k < depth; k++) {
        Vector right[C];
        for (int c = 0; c < C; c++) std::memcpy(&right[c], b + k * b_stride + c * Lanes, sizeof(Vector));
        for (int r = 0; r < R; r++) {
            float left = a[r * across + k * along];
            for (int c = 0; c < C; c++) sums[r][c] += left * right[c];
        }
    }
    for (int r = 0; r < R; r++) {
        for (int c = 0; c < C; c++) std::memcpy(out + r * out_stride + c * Lanes, &sums[r][c], sizeof(Vector));
    }
}

template <int C>
inline void multiply_columns(const float* a, int64_t across, int64_t along, int64_t rows, const float* b, int64_t b_stride, int64_t depth, float* out, int64_t out_stride, bool add) {
    constexpr int R = DRG_LANES == 16 ? 6 : 3;
    int64_t row = 0;
    for (; row + R <= rows; row += R) multiply_block<R, C>(a + row * across, across, along, b, b_stride, depth, out + row * out_stride, out_stride, add);
    for (; row < rows; row++) multiply_block<1, C>(a + row * across, across, along, b, b_stride, depth, out + row * out_stride, out_stride, add);
}

// out[rows, columns] = a·b; columns are a multiple of Lanes.
void multiply(const float* a, int64_t across, int64_t along, int64_t rows, const float* b, int64_t b_stride, int64_t columns, int64_t depth, float* out, int64_t out_stride, bool add) {
    int64_t column = 0;
    for (; column + 4 * Lanes <= columns; column += 4 * Lanes) multiply_columns<4>(a, across, along, rows, b + column, b_stride, depth, out + column, out_stride, add);
    for (; column + 2 * Lanes <= columns; column += 2 * Lanes) multiply_columns<2>(a, across, along, rows, b + column, b_stride, depth, out + column, out_stride, add);
    for (; column < columns; column += Lanes) multiply_columns<1>(a, across, along, rows, b + column, b_stride, depth, out + column, out_stride, add);
}

inline int64_t whole_vectors(int64_t count) { return (count + Lanes - 1) / Lanes * Lanes; }

constexpr int64_t QueriesAtOnce = 24;

// What one head needs in floats: rows padded with zeros to whole vectors.
struct HeadBuffers {
    int64_t wide, tall;                                                 // padded width and padded number of columns

    HeadBuffers(int64_t columns, int64_t width) : wide(whole_vectors(width)), tall(whole_vectors(columns)) {}

    static float* take(float*& place, int64_t count) {
        float* taken = place;
        place += count;
        return taken;
    }
};

// to[rows, wide] = (from + bias) · scale, zeros after the width.
template <typename T>
void unpack_rows(const T* from, int64_t stride, const float* bias, float scale, int64_t rows, int64_t width, int64_t wide, float* to) {
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t i = 0; i < width; i++) to[row * wide + i] = (get(from[row * stride + i]) + (bias == nullptr ? 0.0f : bias[i])) * scale;
        for (int64_t i = width; i < wide; i++) to[row * wide + i] = 0;
    }
}

// to[width, tall] is the transpose of from[rows, wide], zeros after the rows.
void transpose(const float* from, int64_t wide, int64_t rows, int64_t width, int64_t tall, float* to) {
    for (int64_t start = 0; start < tall; start += Lanes) {
        for (int64_t i = 0; i < width; i++) {
            for (int64_t row = start; row < start + Lanes; row++) to[i * tall + row] = row < rows ? from[row * wide + i] : 0.0f;
        }
    }
}

// Turns scores into what is proportional to probabilities, and zeroes what is after the columns; returns the factor that makes them sum to 1.
inline float softmax(float* scores, int64_t columns, int64_t tall) {
    for (int64_t i = columns; i < tall; i++) scores[i] = scores[0];
    Vector greatest, next;
    std::memcpy(&greatest, scores, sizeof greatest);
    for (int64_t i = Lanes; i < tall; i += Lanes) {
        std::memcpy(&next, scores + i, sizeof next);
        greatest = larger(next, greatest);
    }
    float most = greatest[0], sum = 0;
    for (int64_t i = 1; i < Lanes; i++) most = greatest[i] > most ? greatest[i] : most;
    for (int64_t i = 0; i < columns; i++) {
        scores[i] = exponential(scores[i] - most);
        sum += scores[i];
    }
    for (int64_t i = columns; i < tall; i++) scores[i] = 0;
    return 1.0f / sum;
}

template <typename T>
void attention(const AttentionHead<T>& head, T* context, int64_t context_stride) {
    HeadBuffers sizes(head.columns, head.width);
    const auto [wide, tall] = std::make_pair(sizes.wide, sizes.tall);
    float* place = thread_buffer(head.columns * wide * 2 + head.width * tall + QueriesAtOnce * (2 * wide + tall)).data();
    float *keys = HeadBuffers::take(place, head.columns * wide), *values = HeadBuffers::take(place, head.columns * wide), *keys_across = HeadBuffers::take(place, head.width * tall);
    float *queries = HeadBuffers::take(place, QueriesAtOnce * wide), *out = HeadBuffers::take(place, QueriesAtOnce * wide), *weights = HeadBuffers::take(place, QueriesAtOnce * tall);
    unpack_rows(head.key, head.value_stride, head.key_bias, 1, head.columns, head.width, wide, keys);
    transpose(keys, wide, head.columns, head.width, tall, keys_across);
    unpack_rows(head.value, head.value_stride, head.value_bias, 1, head.columns, head.width, wide, values);
    const float scale = 1.0f / std::sqrt(static_cast<float>(head.width));
    float* factors = thread_factors(head.dropout, head.columns);
    float scales[QueriesAtOnce];
    for (int64_t first = 0; first < head.rows; first += QueriesAtOnce) {
        int64_t rows = std::min(QueriesAtOnce, head.rows - first);
        unpack_rows(head.query + first * head.query_stride, head.query_stride, head.query_bias, scale, rows, head.width, wide, queries);
        multiply(queries, wide, 1, rows, keys_across, tall, tall, head.width, weights, tall, false);
        for (int64_t row = 0; row < rows; row++) {
            float* w = weights + row * tall;
            scales[row] = softmax(w, head.columns, tall);
            if (factors == nullptr) continue;
            keep(head.dropout, static_cast<uint32_t>((first + row) * head.columns), head.columns, factors);
            for (int64_t i = 0; i < head.columns; i++) w[i] *= factors[i];
        }
        multiply(weights, tall, 1, rows, values, wide, wide, head.columns, out, wide, false);
        for (int64_t row = 0; row < rows; row++) {
            T* to = context + (first + row) * context_stride;
            for (int64_t i = 0; i < head.width; i++) put(to[i], out[row * wide + i] * scales[row]);
        }
    }
}

template <typename T>
void attention_backward(const AttentionHead<T>& head, const T* d_context, int64_t context_stride, T* d_query, T* d_key, T* d_value) {
    HeadBuffers sizes(head.columns, head.width);
    const auto [wide, tall] = std::make_pair(sizes.wide, sizes.tall);
    int64_t many = head.columns * wide;
    float* place = thread_buffer(many * 4 + head.width * tall * 2 + QueriesAtOnce * (3 * wide + 2 * tall)).data();
    float *keys = HeadBuffers::take(place, many), *values = HeadBuffers::take(place, many), *d_keys = HeadBuffers::take(place, many), *d_values = HeadBuffers::take(place, many);
    float *keys_across = HeadBuffers::take(place, head.width * tall), *values_across = HeadBuffers::take(place, head.width * tall);
    float *queries = HeadBuffers::take(place, QueriesAtOnce * wide), *d_out = HeadBuffers::take(place, QueriesAtOnce * wide), *d_queries = HeadBuffers::take(place, QueriesAtOnce * wide);
    float *weights = HeadBuffers::take(place, QueriesAtOnce * tall), *d_weights = HeadBuffers::take(place, QueriesAtOnce * tall);
    unpack_rows(head.key, head.value_stride, head.key_bias, 1, head.columns, head.width, wide, keys);
    unpack_rows(head.value, head.value_stride, head.value_bias, 1, head.columns, head.width, wide, values);
    transpose(keys, wide, head.columns, head.width, tall, keys_across);
    transpose(values, wide, head.columns, head.width, tall, values_across);
    std::memset(d_keys, 0, sizeof(float) * many);
    std::memset(d_values, 0, sizeof(float) * many);
    const float scale = 1.0f / std::sqrt(static_cast<float>(head.width));
    float* factors = thread_factors(head.dropout, head.columns);
    for (int64_t first = 0; first < head.rows; first += QueriesAtOnce) {
        int64_t rows = std::min(QueriesAtOnce, head.rows - first);
        unpack_rows(head.query + first * head.query_stride, head.query_stride, head.query_bias, scale, rows, head.width, wide, queries);
        unpack_rows(d_context + first * context_stride, context_stride, static_cast<const float*>(nullptr), 1, rows, head.width, wide, d_out);
        multiply(queries, wide, 1, rows, keys_across, tall, tall, head.width, weights, tall, false);
        multiply(d_out, wide, 1, rows, values_across, tall, tall, head.width, d_weights, tall, false);
        for (int64_t row = 0; row < rows; row++) {
            // d_weights becomes the gradient of the scores, and weights what the values were weighted with.
            float *w = weights + row * tall, *g = d_weights + row * tall, inner = 0;
            const float factor = softmax(w, head.columns, tall);
            for (int64_t i = 0; i < tall; i++) w[i] *= factor;
            if (factors == nullptr) {
                for (int64_t i = 0; i < head.columns; i++) inner += w[i] * g[i];
                for (int64_t i = 0; i < tall; i++) g[i] = w[i] * (g[i] - inner);
                continue;
            }
            keep(head.dropout, static_cast<uint32_t>((first + row) * head.columns), head.columns, factors);
            for (int64_t i = 0; i < head.columns; i++) inner += w[i] * g[i] * factors[i];
            for (int64_t i = 0; i < head.columns; i++) {
                g[i] = w[i] * (g[i] * factors[i] - inner);
                w[i] *= factors[i];
            }
            for (int64_t i = head.columns; i < tall; i++) g[i] = 0;
        }
        multiply(weights, 1, tall, head.columns, d_out, wide, wide, rows, d_values, wide, true);
        multiply(d_weights, 1, tall, head.columns, queries, wide, wide, rows, d_keys, wide, true);
        multiply(d_weights, tall, 1, rows, keys, wide, wide, head.columns, d_queries, wide, false);
        for (int64_t row = 0; row < rows; row++) {
            T* to = d_query + (first + row) * head.query_stride;
            for (int64_t i = 0; i < head.width; i++) put(to[i], d_queries[row * wide + i] * scale);
        }
    }
    for (int64_t row = 0; row < head.columns; row++) {
        T *to_key = d_key + row * head.value_stride, *to_value = d_value + row * head.value_stride;
        for (int64_t i = 0; i < head.width; i++) put(to_key[i], d_keys[row * wide + i]);
        for (int64_t i = 0; i < head.width; i++) put(to_value[i], d_values[row * wide + i]);
    }
}

template <typename T>
constexpr LayerKernels<T> table() {
    return {activate<T>, activate_backward<T>, norm<T>, norm_backward<T>, rescale<T>, column_sums<T>, attention<T>, attention_backward<T>};
}

}  // namespace

extern const LayerKernels<float> float_kernels = table<float>();
extern const LayerKernels<bf16> bf16_kernels = table<bf16>();

}  // namespace DRG_ISA
}  // namespace dragoman
