namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Whose probabilities of relevance sampling asks for.</summary>
internal enum TeacherKind
{
    /// <summary>A model folder, or a run.</summary>
    Path,

    /// <summary>Models that were each trained without the queries they score.</summary>
    Folds,

    /// <summary>The running mean of the weights in training.</summary>
    Average,

    /// <summary>The model in training.</summary>
    Self,
}

/// <summary>The section <c>sampling.teacher</c>.</summary>
internal sealed record TeacherSettings
{
    /// <summary>Who.</summary>
    internal required TeacherKind Kind { get; init; }

    /// <summary>The model folder or the run; null for other kinds.</summary>
    internal string? Path { get; init; }

    /// <summary>How many folds.</summary>
    internal int Folds { get; init; } = 5;

    /// <summary>Epochs in which the model of a fold is fine-tuned.</summary>
    internal int Epochs { get; init; } = 1;

    /// <summary>Folder that keeps the models of folds for other runs; null for none.</summary>
    internal string? Keep { get; init; }

    /// <summary>Whether scores become probabilities by a temperature (and an offset, of cosines) fitted on the dev split; else by the logistic function alone.</summary>
    internal bool Calibrates { get; init; } = true;

    /// <summary>Whether the offset is fitted for a cross-encoder's logits too, of which a ranking loss leaves open where their zero is.</summary>
    internal bool Offsets { get; init; }
}
