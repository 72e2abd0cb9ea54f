using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Makes a student put both sides of a translation where the teacher puts the source side: rewards extending one language's vector space to others.</summary>
/// <remarks>
/// L = mean over pairs and dimensions of (S(x) − T(x))² + (S(y) − T(x))², y a translation of x; without translations the first term alone. Within [0, ∞). Source: Reimers and Gurevych, Making Monolingual Sentence
/// Embeddings Multilingual using Knowledge Distillation (EMNLP 2020). Cannot collapse, since the teacher's vectors are fixed.
/// </remarks>
public static class EmbeddingDistillation
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="studentSource">The student's vectors of the source texts, shape [B, H].</param>
    /// <param name="studentTarget">The student's vectors of their translations, shape [B, H]; null where there are none.</param>
    /// <param name="teacherSource">The teacher's vectors of the source texts, shape [B, H]; no gradient flows to them.</param>
    /// <returns>Shape []; the caller owns the tensor.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">The shapes differ.</exception>
    public static Tensor Compute(Tensor studentSource, Tensor? studentTarget, Tensor teacherSource)
    {
        ArgumentNullException.ThrowIfNull(studentSource);
        ArgumentNullException.ThrowIfNull(teacherSource);
        var (b, h) = studentSource.Shape2("B H");
        studentTarget?.RequireShape("student target", b, h);
        teacherSource.RequireShape("teacher source", b, h);
        using var scope = TensorScope.Begin();
        var target = LossPrecision.Wide(teacherSource).Detach();                                           // [B, H]
        var errors = (LossPrecision.Wide(studentSource) - target).Square();
        if (studentTarget is not null) errors = errors + (LossPrecision.Wide(studentTarget) - target).Square();
        return scope.Keep(errors.Mean());
    }
}
