using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.FirstStage.Phrases;

/// <summary>Finds the passages that hold phrases, by postings and positions. Thread-safe.</summary>
/// <param name="index">The index; must outlive this object.</param>
/// <param name="analyzer">The analyzer that built it.</param>
public sealed class PhraseFinder(SearchIndex index, IAnalyzer analyzer)
{
    private const int CandidatesPerCheck = 4096;

    /// <summary>Finds the passages that hold every phrase of a query.</summary>
    /// <param name="query">The query; its language is that of the phrases.</param>
    /// <param name="options">Which passages take part; the depth is not used.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The passages, for <see cref="RetrievalOptions.Filter"/>; the filter of <paramref name="options"/> when the query has no phrase.</returns>
    /// <exception cref="ConfigurationException">The index has no positions and a phrase needs them, or a phrase cannot occur; the message says what to do.</exception>
    public PassageFilter? Find(PhraseQuery query, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        if (query.Phrases.Count == 0) return options.Filter;
        var patterns = PatternsOf(query);
        if (!index.Manifest.Positions && patterns.FirstOrDefault(pattern => pattern.NeedsPositions) is { } needing)
            throw new ConfigurationException("Phrases", [$"index {index.FolderPath} has no positions, which {needing.Phrase} needs; rebuild it with 'dragoman index --positions', or leave out the quotation marks."]);
        var selection = PassageSelection.Of(index, options);
        var found = new List<int>();
        foreach (var partition in selection.Partitions) AddMatches(partition, patterns, selection, found, cancellationToken);
        return new PassageFilter(index, [.. found]);
    }

    /// <summary>Says where the phrases of a query occur in a passage.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passageId">The passage. Its text is analysed, so that the index needs no positions.</param>
    /// <exception cref="DragomanException">There is no such passage, or a phrase cannot occur.</exception>
    public IReadOnlyList<PhraseExplanation> Explain(PhraseQuery query, string passageId)
    {
        if (query.Phrases.Count == 0) return [];
        if (!index.Passages.TryFind(passageId, out var ordinal)) throw new DragomanException($"Index {index.FolderPath} holds no passage {passageId}.");
        var passage = index.Passages.Read(ordinal);
        var text = new LocatedText(passage.FullText, passage.Language, analyzer);
        return [.. PatternsOf(query).Select(pattern => new PhraseExplanation(pattern.Phrase.ToString(), pattern.Terms, [.. text.Occurrences(pattern).Select(place =>
            new PhraseOccurrence(place.Start, place.End - place.Start, text.SourceOf(place.Start, place.End) is { } source ? passage.FullText[source.Start..source.End] : ""))]))];
    }

    /// <summary>What the phrases of a query ask for.</summary>
    internal PhrasePattern[] PatternsOf(PhraseQuery query) => [.. query.Phrases.Select(phrase => PhrasePattern.Of(phrase, query.Query.Language, analyzer))];

    private static void AddMatches(IndexPartition partition, PhrasePattern[] patterns, PassageSelection selection, List<int> found, CancellationToken cancellationToken)
    {
        if (Lists.Of(partition, patterns) is not { } lists) return;
        for (var candidates = 0; lists.MoveToCommon() is var passage && passage != PostingsCursor.End; lists.Next())
        {
            if (++candidates % CandidatesPerCheck == 0) cancellationToken.ThrowIfCancellationRequested();
            if (selection.Admits(partition, passage) && lists.Match()) found.Add(partition.FirstOrdinal + passage);
        }
    }

    /// <summary>The lists of all terms of some phrases in a partition, walked together.</summary>
    private sealed class Lists
    {
        private readonly (PhrasePattern Pattern, TermList[] Terms)[] _patterns;
        private readonly TermList[] _rarestFirst;

        private Lists((PhrasePattern Pattern, TermList[] Terms)[] patterns, TermList[] rarestFirst) => (_patterns, _rarestFirst) = (patterns, rarestFirst);

        /// <summary>Opens the lists; null when a term does not occur.</summary>
        internal static Lists? Of(IndexPartition partition, PhrasePattern[] patterns)
        {
            var lists = new Dictionary<string, TermList>(StringComparer.Ordinal);
            foreach (var term in patterns.SelectMany(pattern => pattern.Terms))
            {
                if (lists.ContainsKey(term)) continue;
                if (!partition.TryFind(TermForm.Of(term), out var found) || found.LivePassages == 0) return null;
                lists.Add(term, new TermList(partition, found.Entry));
            }
            return new Lists([.. patterns.Select(pattern => (pattern, pattern.Terms.Select(term => lists[term]).ToArray()))], [.. lists.Values.OrderBy(list => list.Passages)]);
        }

        /// <summary>Moves all lists to the first passage, from where they are, that is in each.</summary>
        internal int MoveToCommon()
        {
            var passage = _rarestFirst[0].Postings.Passage;
            for (var list = 1; list < _rarestFirst.Length && passage != PostingsCursor.End;)
            {
                _rarestFirst[list].Postings.MoveTo(passage);
                if (_rarestFirst[list].Postings.Passage == passage)
                {
                    list++;
                    continue;
                }
                _rarestFirst[0].Postings.MoveTo(_rarestFirst[list].Postings.Passage);
                (passage, list) = (_rarestFirst[0].Postings.Passage, 1);
            }
            return passage;
        }

        internal void Next() => _rarestFirst[0].Postings.Next();

        /// <summary>Whether the passage at which all lists stand holds every phrase.</summary>
        internal bool Match()
        {
            foreach (var (pattern, terms) in _patterns)
            {
                if (pattern.NeedsPositions && !pattern.TryFind(Array.ConvertAll(terms, term => term.Positions), 0, out _, out _)) return false;
            }
            return true;
        }
    }

    private sealed class TermList(IndexPartition partition, TermEntry entry)
    {
        // Opened when it is asked for: a phrase of one term needs none.
        private PositionsCursor? _positions;

        internal int Passages => entry.Passages;

        internal PostingsCursor Postings { get; } = partition.Postings(entry);

        /// <summary>Positions in the passage at which the postings stand.</summary>
        internal ReadOnlyMemory<int> Positions => (_positions ??= partition.Positions(entry)).Of(Postings);
    }
}
