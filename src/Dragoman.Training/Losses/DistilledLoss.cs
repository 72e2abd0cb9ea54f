namespace Dragoman.Training.Losses;

/// <summary>A ranking loss mixed with one that learns from a teacher: (1 − w)·L + w·D. A list that the teacher did not score is left to L alone.</summary>
/// <param name="loss">L.</param>
/// <param name="distillation">D.</param>
/// <param name="share">w, within [0, 1].</param>
internal sealed class DistilledLoss(IRankingLoss loss, IRankingLoss distillation, double share) : IRankingLoss
{
    public bool NeedsTeacher => true;

    public LossOutcome Forward(CandidateLists lists) => LossOutcome.Mix(loss.Forward(lists), distillation.Forward(lists), share);
}
