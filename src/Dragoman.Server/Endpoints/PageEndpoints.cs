namespace Dragoman.Server.Endpoints;

/// <summary>The search page and its parts, from the library's resources.</summary>
internal static class PageEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        MapResource(routes, "/", "search.html", "text/html; charset=utf-8");
        MapResource(routes, "/search.css", "search.css", "text/css; charset=utf-8");
        MapResource(routes, "/search.js", "search.js", "text/javascript; charset=utf-8");
    }

    private static void MapResource(IEndpointRouteBuilder routes, string path, string resource, string contentType)
    {
        using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The resource {resource} is missing from the library.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        routes.MapGet(path, () => TypedResults.Bytes(content, contentType));
    }
}
