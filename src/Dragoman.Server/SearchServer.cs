using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Server.Endpoints;
using Microsoft.AspNetCore.HostFiltering;

namespace Dragoman.Server;

/// <summary>The search service: one page and a JSON interface over one index.</summary>
public static class SearchServer
{
    /// <summary>Makes the service; start it with <c>StartAsync</c>, which throws <see cref="IOException"/> when an address is in use.</summary>
    /// <param name="engine">Answers the queries; the caller owns it and disposes it after the service.</param>
    /// <param name="options">Where to listen.</param>
    /// <exception cref="ConfigurationException">An address cannot be used.</exception>
    public static WebApplication Build(SearchEngine engine, ServerOptions options)
    {
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("The service", problems);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning)
            // What goes wrong at the start is thrown as well; a log entry with a stack trace would say it twice.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddSingleton(engine).AddSingleton(TimeProvider.System).AddProblemDetails().AddExceptionHandler<FailureHandler>();
        // A page of another site whose name is made to point at this machine sends its own name as host; on loopback only this machine's names are answered.
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = options.IsLoopbackOnly ? ["localhost", "127.0.0.1", "[::1]"] : ["*"]);
        var application = builder.Build();
        application.UseHostFiltering();
        application.UseMiddleware<SecurityHeaders>();
        application.UseExceptionHandler();
        application.UseStatusCodePages();
        PageEndpoints.Map(application);
        SearchEndpoints.Map(application);
        IndexEndpoints.Map(application);
        return application;
    }
}
