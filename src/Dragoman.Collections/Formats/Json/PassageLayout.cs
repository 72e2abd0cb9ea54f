using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Json;

/// <summary>Which fields of a JSON line hold a passage; the title is <c>title</c> everywhere, and fields not named are passed over.</summary>
/// <param name="IdFields">The id: the first of these that is there.</param>
/// <param name="TextFields">The text: the first of these that is there.</param>
/// <param name="LanguageField">The language; null when the layout has none.</param>
/// <param name="Example">What a line looks like, for messages.</param>
internal sealed record PassageLayout(string[] IdFields, string[] TextFields, string? LanguageField, string Example)
{
    private static readonly PassageLayout ById = new(["id"], ["text", "contents"], "lang", """{"id": "d1", "title": "…", "text": "…"}""");

    /// <summary>Any of the layouts, for files whose format is not named.</summary>
    internal static PassageLayout Any { get; } = new(["_id", "docid", "doc_id", "id"], ["text", "contents"], "lang", """{"_id": "p1", "title": "…", "text": "…", "lang": "kk"}""");

    private static readonly Dictionary<string, PassageLayout> Named = new(StringComparer.Ordinal)
    {
        [CollectionFormat.Beir] = new(["_id"], ["text"], "lang", """{"_id": "p1", "title": "…", "text": "…", "lang": "kk"}"""),
        [CollectionFormat.Miracl] = new(["docid"], ["text"], null, """{"docid": "39#0", "title": "…", "text": "…"}"""),
        [CollectionFormat.Ciral] = new(["docid"], ["text"], null, """{"docid": "UN#2974#0", "title": "…", "text": "…"}"""),
        [CollectionFormat.MrTydi] = new(["id", "docid"], ["contents", "text"], null, """{"id": "7207#0", "contents": "…"}"""),
        [CollectionFormat.Africlirmatrix] = new(["id"], ["contents"], null, """{"id": "62443", "contents": "…"}"""),
        [CollectionFormat.Kazqad] = new(["id", "docid", "_id"], ["text", "contents"], null, """{"id": "85927_11_3", "title": "…", "text": "…"}"""),
        [CollectionFormat.Neuclir] = ById,
        [CollectionFormat.Patapsco] = new(["id"], ["text"], "lang", """{"id": "d1", "lang": "zho", "date": null, "text": "…"}"""),
    };

    /// <summary>The layout of a format; null when its documents are not JSON lines.</summary>
    internal static PassageLayout? Of(string format) => Named.GetValueOrDefault(format);

    /// <summary>Reads a line.</summary>
    internal Passage Parse(Utf8LineReader reader, ReadOnlySpan<byte> line, string language) => JsonFields.Parse(reader, line, Example, fields =>
    {
        var id = fields.Id(Array.Find(IdFields, fields.Has) ?? IdFields[0]);
        var text = fields.Required(Array.Find(TextFields, fields.Has) ?? TextFields[0]);
        return new Passage(id, fields.Text("title") ?? "", text, (LanguageField is null ? null : fields.Language(LanguageField)) ?? language);
    });
}
