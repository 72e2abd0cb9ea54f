using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Server.Endpoints;
using Microsoft.AspNetCore.HostFiltering;

namespace Dragoman.Server;

/// <summary>The search service: one page and a JSON interface over one index.</summary>
public static class SearchServer
{
    /// <summary>Makes the service; start it with <c>StartAsync</c>, which throws <see cref="IOException"/> when an address is in use.</summary>
    /// <param name="engines">Answers the queries, each from the generation that was current when it came; the service looks for new ones. The caller owns it and disposes it after the service.</param>
    /// <param name="options">Where to listen.</param>
    /// <exception cref="ConfigurationException">An address cannot be used.</exception>
    public static WebApplication Build(PublishedEngine engines, ServerOptions options)
    {
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("The service", problems);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning)
            // What goes wrong at the start is thrown as well; a log entry with a stack trace would say it twice.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter(typeof(PublicationWatch).FullName, LogLevel.Information);
        builder.Services.AddSingleton(engines).AddSingleton(options).AddSingleton(TimeProvider.System).AddHostedService<PublicationWatch>().AddProblemDetails().AddExceptionHandler<FailureHandler>();
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
