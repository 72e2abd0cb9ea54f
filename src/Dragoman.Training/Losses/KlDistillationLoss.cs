using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Divergence of the student's distribution over a list from a teacher's: rewards ranking, and doubting, as the teacher does. Grades are not looked at.</summary>
/// <remarks>
/// L = Σᵢ tᵢ log(tᵢ / pᵢ) with t = softmax(T/τ_T) and p = softmax(s/τ_S), times τ² when both temperatures are the same τ, which keeps the gradient's size (Hinton,
/// Vinyals and Dean, 2015, section 2). Within [0, ∞), 0 when the distributions are the same. No signal: fewer than two candidates that the teacher scored.
/// </remarks>
public sealed class KlDistillationLoss : RankingLoss
{
    private readonly double _student, _teacher;

    /// <summary>Creates the loss.</summary>
    /// <param name="temperature">τ_S, divides the student's scores, above 0.</param>
    /// <param name="teacherTemperature">τ_T, divides the teacher's scores, above 0.</param>
    public KlDistillationLoss(double temperature = 1, double teacherTemperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(teacherTemperature);
        (_student, _teacher) = (temperature, teacherTemperature);
    }

    /// <inheritdoc/>
    public override bool NeedsTeacher => true;

    private protected override (Tensor Losses, Tensor Signal) Compare(MaskedLists lists)
    {
        var divergence = ListDivergence.Kl(lists, lists.LogSoftmax(lists.Teacher, _teacher), lists.LogSoftmax(lists.Scores, _student));       // [B]
        return (_student == _teacher ? divergence * (_student * _student) : divergence, ListDivergence.HasTwo(lists));
    }
}
