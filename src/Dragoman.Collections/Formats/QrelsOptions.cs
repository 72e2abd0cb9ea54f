namespace Dragoman.Collections.Formats;

/// <summary>How to read a file of judgements.</summary>
public sealed record QrelsOptions
{
    /// <summary>Name of a <see cref="CollectionFormat"/>.</summary>
    /// <value>Null by default: the content tells.</value>
    public string? Format { get; init; }

    /// <summary>Keep only the lines whose second column is this: a language (<c>zho</c>) in <c>2022-qrels.all</c> of NeuCLIR, where it would otherwise be ignored.</summary>
    /// <value>Null by default: all lines.</value>
    public string? Iteration { get; init; }

    /// <summary>The split to take from a folder or archive that has several.</summary>
    /// <value>Null by default: <c>qrels.txt</c>.</value>
    public string? Split { get; init; }
}
