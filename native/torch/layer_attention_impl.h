// The part of layer_kernels_impl.h that is attention, one head of one sequence at a time; included there, within its namespaces.

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
