using System.CommandLine;
using Dragoman.Retrieval.Indexing.Graphs;

namespace Dragoman.Cli.Commands.Index;

/// <summary>The options that say how an index finds near vectors.</summary>
internal sealed class GraphOptions
{
    private const int MostLinks = 128;
    private const string None = "none", Hnsw = "hnsw";
    private static readonly VectorGraphOptions Defaults = new();

    private readonly Option<string> _kind;
    private readonly Option<int> _links = new("--hnsw-links") { Description = "Links of a vector in the graph, 2 to 128: the more, the surer, larger and slower.", HelpName = "N", DefaultValueFactory = _ => Defaults.Links };
    private readonly Option<int> _breadth = new("--hnsw-breadth") { Description = "Vectors among which links are chosen, at least the number of links.", HelpName = "N", DefaultValueFactory = _ => Defaults.Breadth };
    private readonly Option<int> _from = new("--hnsw-from") { Description = "Fewest vectors of a language in a segment that get a graph.", HelpName = "N", DefaultValueFactory = _ => Defaults.MinPassages };

    /// <param name="wanted">Whether there are graphs when nothing is said.</param>
    internal GraphOptions(bool wanted)
    {
        _kind = new Option<string>("--vectors-index") { Description = "How near vectors are found: hnsw (through a graph, where there are enough; nearly all of the nearest) or none (by comparing with all).", DefaultValueFactory = _ => wanted ? Hnsw : None };
        _kind.AcceptOnlyFromAmong(Hnsw, None);
        WholeNumber.Require(_links, 2, MostLinks, "must be 2 to 128");
        WholeNumber.RequirePositive(_breadth);
        WholeNumber.RequirePositive(_from);
    }

    internal Option[] All => [_kind, _links, _breadth, _from];

    /// <summary>What is asked for; null for no graphs.</summary>
    internal VectorGraphOptions? Of(ParseResult parsed) => parsed.GetValue(_kind) == None ? null
        : new VectorGraphOptions { Links = parsed.GetValue(_links), Breadth = parsed.GetValue(_breadth), MinPassages = parsed.GetValue(_from) };
}
