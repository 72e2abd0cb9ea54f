using Dragoman.Tensors;

namespace Dragoman.Training.Tests;

/// <summary>Base of tests that call libtorch: they skip, with the reason, where it is missing.</summary>
public abstract class RequiresTorch
{
    protected RequiresTorch() => Assert.SkipUnless(Torch.IsAvailable, Torch.MissingReason ?? "libtorch is missing");
}
