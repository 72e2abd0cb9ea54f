using System.Text;

namespace Dragoman.Cli.Watching;

/// <summary>
/// The terminal's second screen: frames are written over each other in one piece, each line cleared to its end only, so that nothing flickers; the first screen comes back when it ends.
/// </summary>
internal sealed class LiveScreen : IDisposable
{
    private const string Begin = "\u001b[?1049h\u001b[?25l", End = "\u001b[?25h\u001b[?1049l", Home = "\u001b[H", ClearLine = "\u001b[K", ClearRest = "\u001b[J", Hold = "\u001b[?2026h", Release = "\u001b[?2026l";
    private readonly TextWriter _terminal;

    internal LiveScreen(TextWriter terminal)
    {
        _terminal = terminal;
        _terminal.Write(Begin);
        _terminal.Flush();
    }

    /// <summary>Shows a frame.</summary>
    internal void Show(IReadOnlyList<IReadOnlyList<PlotCell>> lines, bool colour)
    {
        var frame = new StringBuilder(Hold).Append(Home);
        for (var line = 0; line < lines.Count; line++)
        {
            if (line > 0) frame.Append("\r\n");
            frame.Append(ScreenText.Of(lines[line], colour)).Append(ClearLine);
        }
        _terminal.Write(frame.Append(ClearRest).Append(Release).ToString());
        _terminal.Flush();
    }

    public void Dispose()
    {
        _terminal.Write(End);
        _terminal.Flush();
    }
}
