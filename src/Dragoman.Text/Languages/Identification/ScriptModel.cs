using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dragoman.Text.Languages.Identification;

/// <summary>
/// Character n-grams of the languages that share a script, with back-off: P(c|h) where the n-gram hc was kept for a language, else the back-off weight of h
/// times the probability under a history one character shorter. Immutable; thread-safe.
/// </summary>
internal sealed class ScriptModel
{
    /// <summary>Most languages a script can have.</summary>
    internal const int MaxLanguages = 32;

    /// <summary>Longest n-gram.</summary>
    internal const int MaxOrder = 5;

    private const double LogStep = 16;                              // quantised: -16 · ln P, so steps of 1/16 nat down to -15.9
    private static readonly float[] Decoded = [.. Enumerable.Range(0, 256).Select(value => (float)(-value / LogStep))];
    // e to the power of -i/16: all logarithms here are sums of stored values, so whole steps; beyond 64 nats there is nothing left to add.
    private static readonly float[] Exponentials = [.. Enumerable.Range(0, 1024).Select(step => MathF.Exp((float)(-step / LogStep)))];

    private readonly ushort[] _symbolOf = new ushort[char.MaxValue + 1];
    private readonly float[] _unigrams;                              // [symbols, languages]
    private readonly ulong[] _keys;                                  // open addressing, 0 = free
    private readonly int[] _slotEntry;
    private readonly NgramEntry[] _entries;
    private readonly byte[] _values;
    private readonly int _shift;

    internal ScriptModel(ScriptModelData data)
    {
        Data = data;
        for (var symbol = 0; symbol < data.Alphabet.Length; symbol++) _symbolOf[data.Alphabet[symbol]] = (ushort)(symbol + ScriptModelData.FirstLetter);
        _symbolOf[LetterReader.Boundary] = ScriptModelData.BoundarySymbol;
        _unigrams = [.. data.Unigrams.Select(value => Decoded[value])];
        (_entries, _values) = (data.Entries, data.Values);
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, data.Keys.Length * 2));
        _shift = 64 - BitOperations.Log2((uint)size);
        _keys = new ulong[size];
        _slotEntry = new int[size];
        for (var entry = 0; entry < data.Keys.Length; entry++)
        {
            var slot = Slot(data.Keys[entry]);
            (_keys[slot], _slotEntry[slot]) = (data.Keys[entry], entry);
        }
    }

    /// <summary>The model as it is stored.</summary>
    internal ScriptModelData Data { get; }

    /// <summary>Nearest stored value of a natural logarithm of a probability.</summary>
    internal static byte Quantise(double logProbability) => (byte)Math.Clamp(Math.Round(-logProbability * LogStep), 0, 255);

    /// <summary>What a stored value stands for.</summary>
    internal static float Decode(byte value) => Decoded[value];

    private int Slot(ulong key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)((key * 0x9E3779B97F4A7C15) >> _shift);
        while (_keys[slot] != 0 && _keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private int Find(ulong key)
    {
        var slot = Slot(key);
        return _keys[slot] == 0 ? -1 : _slotEntry[slot];
    }

    /// <summary>Adds up log-likelihoods of a text while its letters come in. Lives on the stack.</summary>
    internal ref struct Scorer : LetterReader.ISink
    {
        private readonly ScriptModel _model;
        private readonly Span<float> _totals, _position;
        private readonly float _floor;
        private Histories _histories;
        private ulong _recent = ScriptModelData.BoundarySymbol;

        /// <summary>Begins a text, as after a boundary.</summary>
        /// <param name="model">The n-grams.</param>
        /// <param name="totals">Log-likelihood by language, then that of the background (the mean of the languages' bigrams); added to; shape [languages + 1].</param>
        /// <param name="position">Room for one position, shape [languages].</param>
        internal Scorer(ScriptModel model, Span<float> totals, Span<float> position)
        {
            _model = model;
            _totals = totals;
            _position = position;
            _floor = model.Data.LogFloor;
            _histories[0] = _model.Find(ScriptModelData.BoundarySymbol);
            for (var order = 1; order < MaxOrder; order++) _histories[order] = -1;
        }

        /// <summary>Letters and boundaries read.</summary>
        internal int Symbols { get; private set; }

        public void Add(char symbol)
        {
            var (model, data) = (_model, _model.Data);
            var code = model._symbolOf[symbol];
            if (code == 0) code = ScriptModelData.UnknownSymbol;
            var languages = data.Languages.Length;
            model._unigrams.AsSpan(code * languages, languages).CopyTo(_position);
            Histories next = default;
            next[0] = model.Find(code);
            var background = 0f;
            for (var order = 2; order <= data.Order; order++)
            {
                var history = _histories[order - 2];
                var found = -1;
                if (history >= 0)
                {
                    found = model.Find(((_recent & data.Mask(order - 1)) << data.Bits) | code);
                    model.Step(history, found, _position);
                }
                if (order == 2) background = MeanLog(_position);
                if (order < MaxOrder) next[order - 1] = found;
            }
            if (data.Order < 2) background = MeanLog(_position);
            for (var language = 0; language < languages; language++) _totals[language] += Math.Max(_position[language], _floor);
            _totals[languages] += Math.Max(background, _floor);
            _histories = next;
            _recent = (_recent << data.Bits) | code;
            Symbols++;
        }

        private static float MeanLog(ReadOnlySpan<float> logs)
        {
            var sum = 0f;
            foreach (var log in logs) sum += Exponentials[Math.Min((int)(-log * (float)LogStep), Exponentials.Length - 1)];
            return MathF.Log(sum / logs.Length);
        }
    }

    // One order longer: languages that kept the n-gram take its probability, others that kept the history pay its back-off weight.
    private void Step(int history, int found, Span<float> position)
    {
        ref readonly var entry = ref _entries[history];
        var at = entry.Start + BitOperations.PopCount(entry.Probabilities);
        for (var rest = entry.Weights; rest != 0; rest &= rest - 1) position[BitOperations.TrailingZeroCount(rest)] += Decoded[_values[at++]];
        if (found < 0) return;
        ref readonly var ngram = ref _entries[found];
        at = ngram.Start;
        for (var rest = ngram.Probabilities; rest != 0; rest &= rest - 1) position[BitOperations.TrailingZeroCount(rest)] = Decoded[_values[at++]];
    }

    [InlineArray(MaxOrder)]
    private struct Histories
    {
        private int _first;
    }
}

/// <summary>An n-gram: which languages kept its probability, which its weight as a history, and where their values start (probabilities, then weights, in order of language).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NgramEntry(uint Probabilities, uint Weights, int Start);
