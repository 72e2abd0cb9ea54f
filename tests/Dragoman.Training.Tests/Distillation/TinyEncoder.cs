using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;

namespace Dragoman.Training.Tests.Distillation;

/// <summary>A bi-encoder of random weights over the vocabulary of bert-tiny, in a folder.</summary>
internal static class TinyEncoder
{
    internal static string Write(TemporaryFolder folder, string name, int hidden = 16, int seed = 9)
    {
        Directory.CreateDirectory(folder[name]);
        foreach (var file in new[] { "vocab.txt", "tokenizer_config.json" })
            if (File.Exists(Path.Combine(TestPaths.Fixture("bert-tiny"), file))) File.Copy(Path.Combine(TestPaths.Fixture("bert-tiny"), file), folder[$"{name}/{file}"]);
        Torch.ManualSeed(seed);
        var config = EncoderConfigFile.Load(TestPaths.Fixture("bert-tiny")) with { HiddenSize = hidden, Layers = 1, Heads = 2, IntermediateSize = 16, InitializerRange = 0.3 };
        using var encoder = new TransformerEncoder(config, withPooler: false);
        EncoderInitialiser.Initialise(encoder, config);
        EncoderFolder.Save(encoder, folder[name]);
        SentenceModelFiles.Write(new SentenceModel { MaxLength = 24 }, hidden, folder[name]);
        return folder[name];
    }
}
