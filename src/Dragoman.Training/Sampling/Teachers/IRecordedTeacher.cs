using System.Text.Json.Nodes;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>A teacher that tells a run's record what it did.</summary>
internal interface IRecordedTeacher : IRelevanceTeacher
{
    /// <summary>For the manifest: where its probabilities come from, and how it was calibrated.</summary>
    JsonObject Record();

    /// <summary>Writes what it has to keep into a model's folder.</summary>
    /// <param name="folder">The folder, beside the groups.</param>
    /// <returns>The files' names in it.</returns>
    IReadOnlyList<string> Publish(string folder) => [];
}
