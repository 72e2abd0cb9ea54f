using Dragoman.Collections;

namespace Dragoman.Cli.Comparing;

/// <summary>A system with its runs read.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Paths">The files of its runs.</param>
/// <param name="Runs">Its runs, in the same order.</param>
internal sealed record ComparedSystem(string Name, IReadOnlyList<string> Paths, IReadOnlyList<Run> Runs);
