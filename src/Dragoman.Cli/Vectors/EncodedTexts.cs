using Dragoman.Collections;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Vectors;

/// <summary>The texts to encode: a file of them, or the passages of a collection. They can be read again, unless the file is a pipe.</summary>
/// <param name="Path">The file.</param>
/// <param name="Read">Streams them.</param>
internal sealed record EncodedTexts(string Path, Func<IEnumerable<TextRecord>> Read)
{
    /// <summary>Lines of <c>{"id", "text"}</c>.</summary>
    internal static EncodedTexts OfFile(string path) => new(path, () => TextRecord.Read(path));

    /// <summary>The passages of a collection, title and text.</summary>
    /// <exception cref="Collections.Errors.DragomanException">There is no such collection.</exception>
    internal static EncodedTexts OfCollection(string folder)
    {
        var collection = Collection.Open(folder);
        return new(collection.CorpusPath, () => collection.ReadPassages().Select(passage => new TextRecord(passage.Id, passage.FullText)));
    }

    /// <summary>Fingerprint of the file; null for a pipe.</summary>
    internal string? Fingerprint() => RunInput.OfFile("texts", Path).Fingerprint;
}
