namespace Dragoman.Retrieval.Tests;

/// <summary>A folder that is removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string FolderPath { get; } = Directory.CreateTempSubdirectory("dragoman-test-").FullName;

    internal string File(string name) => Path.Combine(FolderPath, name);

    public void Dispose() => Directory.Delete(FolderPath, recursive: true);
}
