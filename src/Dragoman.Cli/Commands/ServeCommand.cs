using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Searching;
using Dragoman.Cli.Vectors;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Dragoman.Cli.Commands;

/// <summary><c>serve</c>: a search page and a JSON interface over an index.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 5080;

    internal static Command Create()
    {
        var (index, model, device, tables) = (SearchOptions.Index(), SearchOptions.Model(), ModelOptions.Device(), SearchOptions.Tables());
        var port = new Option<int>("--port") { Description = "Port on this machine's loopback address; 0 for any free one.", HelpName = "N", DefaultValueFactory = _ => DefaultPort };
        WholeNumber.Require(port, 0, ushort.MaxValue, "must be from 0 to 65535");
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen at instead, separated by commas. Beyond loopback anyone who can reach the machine can search: there is no authentication.", HelpName = "URL" };
        var command = new Command("serve", "Serves a search page and a JSON interface (/api/search, /api/index) over an index.") { index, port, urls, model, device, tables };
        command.SetAction(async (parsed, token) =>
        {
            var options = new ServerOptions { Urls = CommaList.Of(parsed.GetValue(urls)) ?? [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{parsed.GetValue(port)}")] };
            using var encoder = new SharedEncoder(folder => PlacedEncoder.Load(folder, Precision.Auto, ModelOptions.DeviceOf(parsed.GetValue(device))));
            using var engines = new PublishedEngine(parsed.GetRequiredValue(index), opened => EngineOpener.Over(opened, parsed.GetValue(model), method: null, options: null, encoder.Load, parsed.GetValue(tables)));
            var service = SearchServer.Build(engines, options);
            await using (service.ConfigureAwait(false))
            {
                await StartAsync(service, token).ConfigureAwait(false);
                await Console.Error.WriteLineAsync(Describe(engines, service.Urls)).ConfigureAwait(false);
                await service.WaitForShutdownAsync(token).ConfigureAwait(false);
            }
            return 0;
        });
        return command;
    }

    private static string Describe(PublishedEngine engines, IEnumerable<string> urls)
    {
        using var lease = engines.Rent();
        var index = lease.Engine.Index;
        return string.Create(CultureInfo.InvariantCulture, $"Serving {Amount.Of(index.Manifest.Passages, "passage")} of {index.FolderPath} at {string.Join(", ", urls)}; what is published later is served within a second or so. Stop with Ctrl+C.");
    }

    private static async Task StartAsync(WebApplication service, CancellationToken token)
    {
        try
        {
            await service.StartAsync(token).ConfigureAwait(false);
        }
        catch (IOException inUse)
        {
            throw new DragomanException($"{inUse.Message.TrimEnd('.')}; stop the other program or choose another with --port.", inUse);
        }
    }
}
