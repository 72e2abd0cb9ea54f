using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders.Static;
using Dragoman.Training.Configuration;

namespace Dragoman.Training.Encoders;

/// <summary>Reads the section <c>encoder</c>: what training starts from.</summary>
internal static class EncoderStartConfiguration
{
    private static readonly string[] Sources = ["from", "vocabulary", "embeddings"];
    private static readonly int[] UsualHeads = [2, 4, 6, 8, 12, 16];

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="isPair">Whether the model reads two texts at once.</param>
    internal static EncoderStart Read(ConfigurationSection section, bool isPair)
    {
        var start = new EncoderStart
        {
            From = section.OptionalFilePath("from"),
            Vocabulary = section.OptionalFilePath("vocabulary"),
            Embeddings = section.OptionalFilePath("embeddings"),
            MaxLength = section.WholeNumber("max_length", 256, least: 8, most: 8192),
            FreezeEmbeddings = section.Flag("freeze_embeddings", false),
        };
        var sources = Sources.Where(section.Has).ToList();
        if (sources.Count == 0) section.Problem("from", "is missing; name a model folder, or give encoder.vocabulary or encoder.embeddings (and layers, heads) to start from random weights.");
        if (sources.Count > 1) section.Problem(sources[1], $"cannot be given together with encoder.{sources[0]}; leave one out.");
        if (start.From is not null) return start;
        start = start with
        {
            Layers = section.WholeNumber("layers", 4, least: 1),
            Heads = section.WholeNumber("heads", 4, least: 1),
            Intermediate = section.WholeNumber("intermediate", 1024, least: 8),
            Dropout = section.Number("dropout", 0.1, least: 0, most: 0.9),
        };
        if (start.Embeddings is not null)                                                 // their dimension is the width
        {
            start = start with { FirstLayers = isPair ? section.Choice("start", "random", ("random", FirstLayers.Random), ("matching", FirstLayers.Matching)) : section.Choice("start", "random", ("random", FirstLayers.Random), ("mean", FirstLayers.Mean)) };
            if (start is { FirstLayers: FirstLayers.Matching, Layers: < 2 }) section.Problem("layers", $"is {start.Layers}; encoder.start matching needs 2 or more.");
            RequireDimension(section, start);
            return start;
        }
        start = start with { Hidden = section.WholeNumber("hidden", 256, least: 8) };
        if (start.Hidden % start.Heads == 0) return start;
        if (section.Has("hidden")) section.Problem("hidden", $"is {start.Hidden}, which is not a multiple of encoder.heads, {start.Heads}.");
        else section.Problem("heads", $"is {start.Heads}, of which encoder.hidden, {start.Hidden}, is no multiple; use {Divisors(start.Hidden)}.");
        return start;
    }

    private static void RequireDimension(ConfigurationSection section, EncoderStart start)
    {
        if (!Directory.Exists(start.Embeddings)) return;                                  // said already
        try
        {
            var dimension = StaticEncoderFolder.DimensionOf(start.Embeddings);
            if (dimension % start.Heads != 0) section.Problem("heads", $"is {start.Heads}, but the vectors of encoder.embeddings have {dimension} numbers, which is no multiple of it; use {Divisors(dimension)}.");
        }
        catch (DataFormatException broken)
        {
            section.Problem("embeddings", $"is not the folder of a static encoder: {broken.Message}");
        }
    }

    /// <summary>A few numbers of heads that divide a width.</summary>
    private static string Divisors(int dimension) => string.Join(" or ", UsualHeads.Where(heads => dimension % heads == 0).DefaultIfEmpty(1).Take(4));
}
