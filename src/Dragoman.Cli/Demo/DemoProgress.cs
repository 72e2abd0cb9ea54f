using Spectre.Console;

namespace Dragoman.Cli.Demo;

/// <summary>Shows how far a step of the demo is, on stderr: a bar on a terminal, one line with the time taken elsewhere.</summary>
internal static class DemoProgress
{
    /// <summary>Runs a step.</summary>
    /// <param name="title">What it does.</param>
    /// <param name="total">How many units of work it has.</param>
    /// <param name="work">The step; calls its argument with the units done so far.</param>
    internal static T Run<T>(string title, int total, Func<Action<int>, T> work)
    {
        var start = TimeProvider.System.GetTimestamp();
        var result = Console.IsErrorRedirected ? work(_ => { }) : WithBar(title, total, work);
        Console.Error.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{title}: {TimeProvider.System.GetElapsedTime(start).TotalSeconds:F1} s"));
        return result;
    }

    private static T WithBar<T>(string title, int total, Func<Action<int>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: total);
            return work(done => task.Value = done);
        });
    }
}
