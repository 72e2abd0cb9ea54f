using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>What an id of a query or a passage may be.</summary>
internal static class Ids
{
    /// <summary>Refuses an id that a TREC run could not hold.</summary>
    internal static void Require(Utf8LineReader reader, string id)
    {
        if (id.Length == 0) throw reader.Failure("the id is empty; every passage and query needs one.");
        if (id.Any(char.IsWhiteSpace)) throw reader.Failure($"the id \"{id}\" contains white space, which TREC runs cannot hold; replace it, for example by '_'.");
    }
}
