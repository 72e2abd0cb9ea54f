using System.CommandLine;
using Dragoman.Cli.Watching;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman watch</c>: the curves of training runs in the terminal, while they run or afterwards.</summary>
internal static class WatchCommand
{
    private const int PlainWidth = 80;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), KeyInterval = TimeSpan.FromMilliseconds(100);

    internal static Command Create()
    {
        var runs = new Argument<string[]>("RUN-FOLDER") { Description = "Model folders that 'dragoman train' writes or has written (a folder of several seeds stands for all of them), or their logs.", Arity = ArgumentArity.OneOrMore };
        var once = new Option<bool>("--once") { Description = "Print what there is now, as plain text, and leave; the way it is where the output is no terminal." };
        var ascii = new Option<bool>("--ascii") { Description = "Draw with ASCII characters; the way it is on terminals that call themselves dumb, and outside UTF-8." };
        var width = new Option<int?>("--width") { Description = "Columns; those of the terminal by default, or 80.", HelpName = "N" };
        var command = new Command("watch", "Shows loss, dev measures, learning rate, gradient and diagnostics of training runs as curves in the terminal, live; with time left, last checkpoint and alarms.") { runs, once, ascii, width };
        width.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < TerminalPlot.LeastWidth or > 1000) result.AddError($"--width must be from {TerminalPlot.LeastWidth} to 1000.");
        });
        command.SetAction((parsed, token) => Watch(WatchedRuns.Open(parsed.GetRequiredValue(runs)), parsed.GetValue(once), parsed.GetValue(ascii), parsed.GetValue(width), token));
        return command;
    }

    private static async Task<int> Watch(IReadOnlyList<TrainingLogFollower> runs, bool once, bool ascii, int? width, CancellationToken token)
    {
        foreach (var run in runs) run.Refresh();
        var isTerminal = !Console.IsOutputRedirected;
        var isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        var unicode = !ascii && !isDumb && Console.OutputEncoding.WebName == "utf-8";
        var colour = isTerminal && !isDumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var screen = new WatchScreen(new PlotLook(unicode, colour), TimeProvider.System);
        if (!once && isTerminal && !isDumb) await Follow(runs, screen, colour, width, token).ConfigureAwait(false);
        foreach (var line in screen.Draw(runs, width ?? (isTerminal ? Math.Max(TerminalPlot.LeastWidth, Console.WindowWidth) : PlainWidth), null, 0)) Console.Out.WriteLine(ScreenText.Of(line, colour));
        return 0;
    }

    /// <summary>Shows the runs until all have come to an end, or the person wants no more.</summary>
    private static async Task Follow(IReadOnlyList<TrainingLogFollower> runs, WatchScreen screen, bool colour, int? width, CancellationToken token)
    {
        var page = 0;
        using var live = new LiveScreen(Console.Out);
        while (!token.IsCancellationRequested && runs.Any(run => !run.Curves.IsFinished && run.Curves.Failure is null))
        {
            live.Show(screen.Draw(runs, width ?? Console.WindowWidth, Math.Max(1, Console.WindowHeight), page), colour);
            if (await Pressed(token).ConfigureAwait(false) is { } key)
            {
                if (key is 'q' or 'Q') return;
                page++;
            }
            foreach (var run in runs) run.Refresh();
        }
    }

    /// <summary>Waits for the next look, or for a key: q, or a space.</summary>
    private static async Task<char?> Pressed(CancellationToken token)
    {
        for (var waited = TimeSpan.Zero; waited < Interval; waited += KeyInterval)
        {
            if (!Console.IsInputRedirected && Console.KeyAvailable && Console.ReadKey(intercept: true).KeyChar is var key and ('q' or 'Q' or ' ')) return key;
            await Task.Delay(KeyInterval, TimeProvider.System, token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            if (token.IsCancellationRequested) return null;
        }
        return null;
    }
}
