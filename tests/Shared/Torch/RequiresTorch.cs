using Dragoman.Tensors;

namespace Dragoman.Testing;

/// <summary>Base of tests that call libtorch: they skip, with the reason, where it is missing.</summary>
public abstract class RequiresTorch
{
    protected RequiresTorch() => OrSkip();

    /// <summary>The same for one test of a class whose others need no libtorch.</summary>
    internal static void OrSkip() => Assert.SkipUnless(Torch.IsAvailable, Torch.MissingReason ?? "libtorch is missing");
}
