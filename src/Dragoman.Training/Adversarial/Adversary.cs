using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Adversarial;

/// <summary>Trains a batch against perturbed embeddings.</summary>
/// <remarks>
/// All passes of a batch have the same dropout, as FreeLB's section 3.3 asks for: the loss rises along the gradient only where the function is the same. What is perturbed is the embeddings' output of a sequence, not
/// their table, which would move all occurrences of a token together; so there is nothing to put back. An ε of 0 leaves the batch as it is, and its plain gradient.
/// </remarks>
/// <param name="settings">The method and its lengths.</param>
/// <param name="model">The model with whatever stands around it.</param>
internal sealed class Adversary(AdversarialSettings settings, Module model)
{
    /// <summary>What <see cref="Backward"/> tells beside the loss.</summary>
    internal string NumberName => settings.Method == AdversarialMethod.Smart ? "divergence" : "adversarial_loss";

    /// <summary>Adds the gradient of a batch and of what the adversary makes of it to the parameters' gradients.</summary>
    /// <param name="passes">The batch.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="weight">What the gradient is multiplied by.</param>
    /// <returns>The loss, of the batch as it is but for FreeLB, whose passes it is the mean of; the first pass's outputs; and the adversary's own number.</returns>
    internal (double Loss, Tensor Outputs, double Number) Backward(SequencePasses passes, IBatchLoss loss, double weight) => settings.Method switch
    {
        AdversarialMethod.FreeLb => FreeLb(passes, loss, weight),
        AdversarialMethod.Smart => Smart(passes, loss, weight),
        _ => Ascent(passes, loss, weight),
    };

    /// <summary>FGM and PGD: the plain gradient, moves along it, and the gradient at where they lead, added.</summary>
    private (double Loss, Tensor Outputs, double Number) Ascent(SequencePasses passes, IBatchLoss loss, double weight)
    {
        var total = Total(loss);
        passes.Mark();
        var perturbations = new Perturbations(passes, settings).WithGrad();
        var (clean, outputs) = passes.Backward([new SequenceRun(perturbations.Added)], total, weight);
        if (settings.Epsilon == 0) return (clean, outputs, clean);
        for (var step = 1; step < settings.Steps; step++)
        {
            Move();
            using var frozen = new FrozenParameters(model);
            passes.Backward([new SequenceRun(perturbations.WithGrad().Added)], total, 1);
        }
        Move();
        return (clean, outputs, passes.Backward([new SequenceRun(perturbations.Added)], total, weight).Loss);

        void Move()
        {
            perturbations.Move(settings.Method == AdversarialMethod.Fgm ? settings.Epsilon : settings.Step);
            if (settings.Method == AdversarialMethod.Pgd) perturbations.Project();
        }
    }

    /// <summary>The mean gradient of several passes, each moved on from the one before it.</summary>
    private (double Loss, Tensor Outputs, double Number) FreeLb(SequencePasses passes, IBatchLoss loss, double weight)
    {
        var perturbations = new Perturbations(passes, settings);
        if (settings.Start > 0) perturbations.DrawUniform();
        passes.Mark();
        var (sum, last, outputs) = (0.0, 0.0, (Tensor?)null);
        for (var step = 0; step < settings.Steps; step++)
        {
            if (step > 0)
            {
                perturbations.Move(settings.Step);
                if (settings.Epsilon > 0) perturbations.Project();
            }
            perturbations.WithGrad();
            (last, var made) = passes.Backward([new SequenceRun(perturbations.Added)], Total(loss), weight / settings.Steps);
            (sum, outputs) = (sum + last, outputs ?? made);
        }
        return (sum / settings.Steps, outputs!, last);
    }

    /// <summary>The plain loss, and how far the lists' distributions move when the embeddings are moved to where they move most.</summary>
    /// <remarks>Deviation: the gradient is brought to the size of the step before the move; as released it vanishes against the random start.</remarks>
    private (double Loss, Tensor Outputs, double Number) Smart(SequencePasses passes, IBatchLoss loss, double weight)
    {
        var perturbations = new Perturbations(passes, settings);
        perturbations.DrawNormal();
        passes.Mark();
        CandidateLists clean;
        // What a learned temperature does to the scores as they are is no way back: each move would pass it again.
        using (NoGrad.Begin()) clean = loss.Lists(passes.Outputs(new SequenceRun()));
        for (var step = 0; step < settings.Steps; step++)
        {
            using var frozen = new FrozenParameters(model);
            passes.Backward([new SequenceRun(perturbations.WithGrad().Added)], outputs => ListDivergence.Symmetric(clean, loss.Lists(outputs[0])), 1);
            perturbations.MoveByLargest();
        }
        var divergence = 0.0;
        var (value, plain) = passes.Backward([new SequenceRun(), new SequenceRun(perturbations.Added)], outputs =>
        {
            var apart = ListDivergence.Symmetric(loss.Lists(outputs[0]), loss.Lists(outputs[1]));
            divergence = apart.Item();
            return loss.Total(loss.Compare(outputs[0]), outputs[0]) + apart * settings.Weight;
        }, weight);
        return (value, plain, divergence);
    }

    private static Func<IReadOnlyList<Tensor>, Tensor> Total(IBatchLoss loss) => outputs => loss.Total(loss.Compare(outputs[0]), outputs[0]);
}
