using Dragoman.Collections;
using Dragoman.Models;
using Dragoman.Training.Distillation;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>What teachers are made from.</summary>
internal sealed record TeacherSources
{
    /// <summary>The model in training as a scorer, as it is when it is asked; it does not own the model.</summary>
    internal required Func<IPairScorer> Trained { get; init; }

    /// <summary>Whether the model in training gives cosines; else logits.</summary>
    internal required bool IsBiEncoder { get; init; }

    /// <summary>Longest pair that a cross-encoder reads, in tokens.</summary>
    internal int MaxLength { get; init; } = 256;

    /// <summary>Type of a model's matrix products.</summary>
    internal Precision Precision { get; init; }

    /// <summary>The run.</summary>
    internal required TrainingContext Context { get; init; }

    /// <summary>How the weights in training stand.</summary>
    internal required TrainingWeights Weights { get; init; }

    /// <summary>How the model in training is fitted.</summary>
    internal required FitSettings Fit { get; init; }

    /// <summary>Starts the same model again, in a folder.</summary>
    internal required Func<string, ITrainee> Start { get; init; }

    /// <summary>Opens whose scores its loss learns; gives null for nobody.</summary>
    internal required Func<ITeacher?> Distillation { get; init; }

    /// <summary>Draws the run's groups.</summary>
    internal required GroupSampler Sampler { get; init; }

    /// <summary>Queries by id, those of all splits.</summary>
    internal required IReadOnlyDictionary<string, Query> Queries { get; init; }

    /// <summary>The collection's passages.</summary>
    internal required PassageCatalogue Passages { get; init; }

    /// <summary>The run that gives negatives; null for none.</summary>
    internal string? NegativeRun { get; init; }

    /// <summary>Reads the judgements of the dev split; refuses a test split.</summary>
    internal required Func<Qrels> Dev { get; init; }

    /// <summary>Candidates of a dev query that is calibrated on: as many as training looks at.</summary>
    internal int Depth { get; init; } = 100;

    /// <summary>Whether the positives are among the pairs that the teacher will be asked about.</summary>
    internal bool AsksPositives { get; init; }

    /// <summary>Names the run's configuration and data.</summary>
    internal required RunFingerprint Fingerprint { get; init; }
}
