using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors.Modules;

namespace Dragoman.Training.BiEncoders;

/// <summary>An encoder with what a loss learns beside it.</summary>
internal sealed class BiEncoderModule : Module
{
    /// <summary>Joins them; both are then owned.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="learned">What the loss learns; null when nothing.</param>
    internal BiEncoderModule(TransformerEncoder encoder, Module? learned)
    {
        Encoder = Register(encoder);
        if (learned is not null) Register(learned);
    }

    internal TransformerEncoder Encoder { get; }
}
