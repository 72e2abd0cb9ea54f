using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Training.Adversarial;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Fitting;

/// <summary>How often a batch is passed through the model, and to what end.</summary>
internal sealed record PassSettings
{
    /// <summary>α of R-Drop; 0 for one pass.</summary>
    internal double RDrop { get; init; }

    /// <summary>The adversary; null for none.</summary>
    internal AdversarialSettings? Adversarial { get; init; }

    /// <summary>Runs whose graphs are there at once.</summary>
    internal int RunsAtOnce => RDrop > 0 || Adversarial?.Method == AdversarialMethod.Smart ? 2 : 1;
}

/// <summary>What a batch gave.</summary>
/// <param name="Loss">Its loss.</param>
/// <param name="Outputs">The model's outputs in the first pass, without a graph.</param>
/// <param name="Skipped">Lists without a signal.</param>
/// <param name="Number">What the adversary tells; null without one.</param>
internal sealed record BatchPassed(double Loss, Tensor Outputs, int Skipped, (string Name, double Value)? Number);

/// <summary>The gradient of a batch as the settings want it: of one pass, of R-Drop's two, or of an adversary's.</summary>
/// <param name="settings">The settings.</param>
/// <param name="model">The model with whatever stands around it.</param>
internal sealed class BatchGradient(PassSettings settings, Module model)
{
    private readonly Adversary? _adversary = settings.Adversarial is { } adversarial ? new Adversary(adversarial, model) : null;

    /// <summary>Adds it to the parameters' gradients.</summary>
    /// <param name="passes">The batch.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="weight">What it is multiplied by.</param>
    internal BatchPassed Backward(SequencePasses passes, IBatchLoss loss, double weight)
    {
        var counting = new CountingLoss(loss);
        if (_adversary is not null)
        {
            var (value, outputs, number) = _adversary.Backward(passes, counting, weight);
            return new BatchPassed(value, outputs, counting.Skipped, (_adversary.NumberName, number));
        }
        var (plain, made) = settings.RDrop > 0
            ? passes.Backward([new SequenceRun(), new SequenceRun(IsFresh: true)], outputs => RDrop(counting, outputs[0], outputs[1]), weight)
            : passes.Backward([new SequenceRun()], outputs => counting.Total(counting.Compare(outputs[0]), outputs[0]), weight);
        return new BatchPassed(plain, made, counting.Skipped, null);
    }

    private Tensor RDrop(CountingLoss loss, Tensor first, Tensor second) =>
        loss.Total(RDropLoss.Compute(loss.Compare(first), loss.Compare(second), loss.Lists(first), loss.Lists(second), settings.RDrop), first);

    /// <summary>Counts the lists without a signal, which are the same in every pass.</summary>
    private sealed class CountingLoss(IBatchLoss inner) : IBatchLoss
    {
        private int? _skipped;

        internal int Skipped => _skipped ?? 0;

        public LossOutcome Compare(Tensor outputs)
        {
            var outcome = inner.Compare(outputs);
            _skipped ??= outcome.Skipped();
            return outcome;
        }

        public CandidateLists Lists(Tensor outputs) => inner.Lists(outputs);

        public Tensor Total(LossOutcome compared, Tensor outputs) => inner.Total(compared, outputs);
    }
}
