using System.Text;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Diagnostics;
using Dragoman.Training.ParallelTexts;

namespace Dragoman.Training.StaticEncoders;

/// <summary>All sources of a run, read and tokenized: what to train on, and what was held out.</summary>
/// <param name="Corpus">The rows to train on.</param>
/// <param name="HeldOut">The rows held out.</param>
/// <param name="Excluded">Training rows left out because a text of theirs is also held out.</param>
public sealed record TrainingText(ParallelCorpus Corpus, HeldOutRows HeldOut, int Excluded)
{
    /// <summary>Reads the sources.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="tokenizer">Makes the ids.</param>
    /// <param name="maxTokens">Longest text in tokens.</param>
    public static TrainingText Read(IReadOnlyList<ParallelSource> sources, ITokenizer tokenizer, int maxTokens)
    {
        var heldOut = new List<IReadOnlyDictionary<string, string>>();
        var heldOutTexts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources.Where(source => source.HoldOutFrom is not null))
        {
            foreach (var row in source.Read().Where((_, position) => source.IsHeldOut(position)))
            {
                heldOut.Add(row.Texts);
                heldOutTexts.UnionWith(row.Texts.Values.Select(Folded));
            }
        }
        var corpus = new ParallelCorpus.Builder(tokenizer, maxTokens);
        var excluded = 0;
        for (var source = 0; source < sources.Count; source++)
        {
            var position = 0;
            foreach (var row in sources[source].Read())
            {
                if (sources[source].IsHeldOut(position++)) continue;
                if (IsHeldOut(row, heldOutTexts)) excluded++;
                else corpus.Add(row, source, position);
            }
        }
        return new TrainingText(corpus.Build(), new HeldOutRows(heldOut), excluded);
    }

    private static bool IsHeldOut(ParallelRow row, HashSet<string> heldOut) => heldOut.Count > 0 && row.Texts.Values.Any(text => heldOut.Contains(Folded(text)));

    /// <summary>A text as duplicates are found: trimmed, NFKC, lower-case.</summary>
    internal static string Folded(string text) => text.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
}
