namespace Dragoman.Text.Languages.Identification.Building;

/// <summary>Finds the <see cref="Calibration"/> with the smallest log-loss on texts that were not learned from.</summary>
internal static class CalibrationSearch
{
    private static readonly float[] Slopes = [0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1f];
    private static readonly float[] Lengths = [15, 30, 60, 120, 240, 480, 1e9f];

    internal static Calibration Best(IReadOnlyList<ScriptModelData> scripts, Calibration start, IReadOnlyList<(string Language, string Text)> tuning)
    {
        var best = (Loss: double.PositiveInfinity, Calibration: start);
        foreach (var length in Lengths)
        {
            foreach (var slope in Slopes)
            {
                var calibration = start with { Slope = slope, Length = length };
                var loss = Loss(new LanguageIdentifier(new LanguageModelFile(scripts, calibration, "")), tuning);
                if (loss < best.Loss) best = (loss, calibration);
            }
        }
        return best.Calibration;
    }

    private static double Loss(LanguageIdentifier identifier, IReadOnlyList<(string Language, string Text)> tuning)
    {
        var positions = identifier.Languages.Select((language, position) => (language, position)).ToDictionary(entry => entry.language, entry => entry.position, StringComparer.Ordinal);
        var probabilities = new double[identifier.Languages.Count];
        var loss = 0.0;
        foreach (var (language, text) in tuning)
        {
            if (!positions.TryGetValue(language, out var position)) continue;
            identifier.Score(text, probabilities);
            loss -= Math.Log(Math.Max(1e-6, probabilities[position]));
        }
        return loss;
    }
}
