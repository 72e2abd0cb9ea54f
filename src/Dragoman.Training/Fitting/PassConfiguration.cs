using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Training.Adversarial;
using Dragoman.Training.Configuration;
using Dragoman.Training.Encoders;

namespace Dragoman.Training.Fitting;

/// <summary>Reads how often a batch is passed through the model: <c>loss.r_drop</c> and the section <c>adversarial</c>.</summary>
internal static class PassConfiguration
{
    /// <summary>Reads the keys.</summary>
    /// <param name="root">The file.</param>
    /// <param name="loss">Its section <c>loss</c>.</param>
    /// <param name="encoder">What training starts from.</param>
    internal static PassSettings Read(ConfigurationSection root, ConfigurationSection loss, EncoderStart encoder)
    {
        var rDrop = loss.Number("r_drop", 0, least: 0);
        if (rDrop > 0 && HasNoDropout(encoder))
            loss.Problem("r_drop", $"compares two passes that differ by dropout, and the encoder has none; {(encoder.From is null ? "set encoder.dropout above 0" : "take an encoder whose config.json has hidden_dropout_prob above 0")}, or leave r_drop out.");
        return new PassSettings { RDrop = rDrop, Adversarial = AdversarialConfiguration.Read(root, rDrop) };
    }

    private static bool HasNoDropout(EncoderStart encoder)
    {
        if (encoder.From is not { } folder) return encoder.Dropout == 0;
        try
        {
            return EncoderConfigFile.Load(folder) is { HiddenDropout: 0, AttentionDropout: 0 };
        }
        catch (DragomanException)
        {
            return false;                                   // a folder that cannot be read is told of when it is opened
        }
    }
}
