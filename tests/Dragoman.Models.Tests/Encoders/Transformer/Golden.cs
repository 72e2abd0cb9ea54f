using System.Text.Json;
using Dragoman.Models.Encoders.Transformer;

namespace Dragoman.Models.Tests.Encoders.Transformer;

/// <summary>The golden numbers of a fixture: the README beside them names the reference.</summary>
internal sealed class Golden : IDisposable
{
    private readonly JsonDocument _document;

    internal Golden(string fixture)
    {
        Folder = TestPaths.Fixture(fixture);
        _document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "model.golden.json")));
        Rows = Root.GetProperty("input_ids").GetArrayLength();
        Columns = Root.GetProperty("input_ids")[0].GetArrayLength();
    }

    internal string Folder { get; }

    internal int Rows { get; }

    internal int Columns { get; }

    internal JsonElement Root => _document.RootElement;

    internal TokenBatch Batch() => TokenBatch.From(Integers("input_ids"), Integers("token_type_ids"), [.. Integers("attention_mask").Select(value => (float)value)], Rows, Columns);

    /// <summary>The rows without their padding.</summary>
    internal TokenSequence[] Sequences()
    {
        var (ids, types, mask) = (Integers("input_ids"), Integers("token_type_ids"), Integers("attention_mask"));
        return [.. Enumerable.Range(0, Rows).Select(row => new TokenSequence(Real(ids, mask, row), Real(types, mask, row)))];
    }

    internal float[] Array(string name) => [.. Root.GetProperty(name).GetProperty("data").EnumerateArray().Select(value => value.GetSingle())];

    internal double Number(string name) => Root.GetProperty(name).GetDouble();

    internal Dictionary<string, double> Map(string name) => Root.GetProperty(name).EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetDouble());

    public void Dispose() => _document.Dispose();

    private int[] Real(long[] values, long[] mask, int row) =>
        [.. Enumerable.Range(row * Columns, Columns).Where(at => mask[at] == 1).Select(at => (int)values[at])];

    private long[] Integers(string name) => [.. Root.GetProperty(name).EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetInt64()))];
}
