namespace Dragoman.Cli.Watching;

/// <summary>What a terminal can show.</summary>
/// <param name="Unicode">Whether it shows more than ASCII.</param>
/// <param name="Colour">Whether it shows colours.</param>
internal readonly record struct PlotLook(bool Unicode, bool Colour);

/// <summary>A character with the series that it belongs to: -1 for none, -2 for a limit.</summary>
/// <param name="Sign">The character.</param>
/// <param name="Series">The series.</param>
internal readonly record struct PlotCell(char Sign, int Series)
{
    internal const int None = -1, Limit = -2;
}

/// <summary>
/// Dots on a grid of characters: eight to a character by braille patterns where one colour or one series tells them apart; otherwise one, as the series' letter.
/// </summary>
internal sealed class PlotCanvas
{
    private const int DotsAcross = 2, DotsDown = 4;
    private const char Braille = '\u2800';
    private static readonly byte[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };
    private readonly byte[,] _dots;
    private readonly int[,] _series;
    private readonly int _columns, _rows;
    private readonly bool _isBraille, _isSingle;

    internal PlotCanvas(int columns, int rows, PlotLook look, int series)
    {
        (_columns, _rows) = (columns, rows);
        _isSingle = series == 1;
        _isBraille = look.Unicode && (look.Colour || _isSingle);
        (Width, Height) = _isBraille ? (columns * DotsAcross, rows * DotsDown) : (columns, rows);
        _dots = new byte[rows, columns];
        _series = new int[rows, columns];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++) _series[row, column] = PlotCell.None;
    }

    /// <summary>Dots across.</summary>
    internal int Width { get; }

    /// <summary>Dots down.</summary>
    internal int Height { get; }

    /// <summary>The letter of a series where dots have no colour.</summary>
    internal static char Letter(int series) => (char)('a' + series % 26);

    /// <summary>Sets a dot; the upper left is 0, 0. A limit never covers a series.</summary>
    internal void Set(int x, int y, int series)
    {
        var (row, column) = _isBraille ? (y / DotsDown, x / DotsAcross) : (y, x);
        if (series == PlotCell.Limit && _series[row, column] >= 0) return;
        if (_series[row, column] == PlotCell.Limit) _dots[row, column] = 0;
        _dots[row, column] |= _isBraille ? Bits[y % DotsDown, x % DotsAcross] : (byte)1;
        _series[row, column] = series;
    }

    /// <summary>The characters of a row.</summary>
    internal IEnumerable<PlotCell> Row(int row)
    {
        for (var column = 0; column < _columns; column++)
        {
            var (dots, series) = (_dots[row, column], _series[row, column]);
            yield return new PlotCell(dots == 0 ? ' ' : _isBraille ? (char)(Braille + dots) : series == PlotCell.Limit ? '-' : _isSingle ? '*' : Letter(series), series);
        }
    }

    internal int Rows => _rows;
}
