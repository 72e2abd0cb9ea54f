using Dragoman.Retrieval.Pipelines;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dragoman.Server.Endpoints;

/// <summary><c>GET /api/index</c>: what can be searched.</summary>
internal static class IndexEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/index", Describe);

    private static Ok<IndexReply> Describe(PublishedEngine engines)
    {
        using var lease = engines.Rent();
        var engine = lease.Engine;
        var manifest = engine.Index.Manifest;
        return TypedResults.Ok(new IndexReply(
            manifest.Generation, manifest.Passages,
            [.. manifest.Languages.OrderBy(language => language.Language, StringComparer.Ordinal).Select(language => new LanguageReply(language.Language, TextDirection.Of(language.Language), language.Passages))],
            engine.QueryLanguages, manifest.Analyzer, manifest.Encoder, [.. engine.Methods], engine.DefaultMethod));
    }
}

/// <summary>What an index holds, in the generation that answers now, and the languages that queries can be said to be in.</summary>
internal sealed record IndexReply(long Generation, int Passages, IReadOnlyList<LanguageReply> Languages, IReadOnlyList<string> QueryLanguages, string Analyzer, string? Encoder, IReadOnlyList<string> Methods, string DefaultMethod);

/// <summary>A language of an index: its tag, its direction (<c>ltr</c>, <c>rtl</c>, <c>auto</c>), its number of passages.</summary>
internal sealed record LanguageReply(string Language, string Dir, int Passages);
