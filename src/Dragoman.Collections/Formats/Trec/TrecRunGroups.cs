using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Unicode;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>
/// Reads a run's file query by query, with several threads and without keeping it: memory does not grow with the file. It needs the lines of each query to stand together,
/// as every tool writes them.
/// </summary>
public sealed class TrecRunGroups
{
    private const long SmallFileBytes = 1 << 21;
    private const int MostThreads = 8;
    private readonly Lock _lock = new();
    private readonly IdTable _queries = new();
    private bool _unfit;
    private ExceptionDispatchInfo? _failure;
    private string? _tag;
    private long _entries;
    private int _ended, _tagBlock = int.MaxValue;

    private TrecRunGroups()
    {
    }

    /// <summary>How many queries the run holds.</summary>
    public int QueryCount => _queries.Count;

    /// <summary>How many passages it holds over all queries.</summary>
    public long EntryCount => _entries;

    /// <summary>The id of one of its queries.</summary>
    public string AnyQueryId => _queries[0];

    /// <summary>The tag of its first line.</summary>
    public string Tag => _tag!;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <param name="visitor">Makes, for each thread, what is called with every query; called from that thread only, in no particular order of queries.</param>
    /// <returns>
    /// What the run holds; null for a file that must be read as a whole: a pipe, a query whose lines are scattered, or anything malformed, for which <see cref="TrecRun.Read(string)"/> has the
    /// message. What was visited until then does not count.
    /// </returns>
    /// <exception cref="Errors.DragomanException">There is no such file.</exception>
    public static TrecRunGroups? ReadOrNull(string path, Func<Action<RunGroup>> visitor)
    {
        if (!File.Exists(path) || OutputPath.IsStream(Path.GetFullPath(path))) return null;
        var file = new FileInfo(OutputPath.ThroughLinks(Path.GetFullPath(path)));
        if (file.Length == 0) return null;                            // a named pipe, which cannot be read twice, or nothing
        using var blocks = new RunBlocks(path);
        var groups = new TrecRunGroups();
        var threads = file.Length < SmallFileBytes ? 1 : Math.Clamp(Environment.ProcessorCount, 1, MostThreads);
        var others = Enumerable.Range(1, threads - 1).Select(_ => new Thread(() => groups.Work(blocks, visitor)) { IsBackground = true }).ToArray();
        foreach (var other in others) other.Start();
        groups.Work(blocks, visitor);
        foreach (var other in others) other.Join();
        groups._failure?.Throw();
        return groups._unfit || groups._queries.Count == 0 ? null : groups;
    }

    private void Work(RunBlocks blocks, Func<Action<RunGroup>> visitor)
    {
        try
        {
            var (visit, group, buffer) = (visitor(), new RunGroup(), Array.Empty<byte>());
            while (!_unfit && blocks.TryRead(ref buffer, out var length, out var number))
            {
                if (!Utf8.IsValid(buffer.AsSpan(0, length)) || !TryVisit(buffer, length, group, visit, out var tag)) _unfit = true;
                else if (tag is not null) Note(number, tag);
            }
        }
        catch (InvalidDataException)
        {
            _unfit = true;                                       // damaged gzip: the message names the line
        }
        catch (Exception failure)
        {
            (_failure, _unfit) = (ExceptionDispatchInfo.Capture(failure), true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryVisit(byte[] block, int length, RunGroup group, Action<RunGroup> visit, out string? firstTag)
    {
        var (at, any) = (0, false);
        firstTag = null;
        while (at < length)
        {
            var query = Field(block, ref at, length);
            if (query.Length == 0)
            {
                at++;
                continue;
            }
            if (query.Length == 1 && block[query.Start] == '#')
            {
                var end = block.AsSpan(at, length - at).IndexOf((byte)'\n');
                at = end < 0 ? length : at + end + 1;
                continue;
            }
            if (!any || !group.QueryId.SequenceEqual(block.AsSpan(query.Start, query.Length)))
            {
                if (any && !TryEnd(group, visit)) return false;
                group.Begin(block, query.Start, query.Length);
            }
            Field(block, ref at, length);
            var passage = Field(block, ref at, length);
            Field(block, ref at, length);
            var score = Field(block, ref at, length);
            var tag = Field(block, ref at, length);
            if (tag.Length == 0 || Field(block, ref at, length).Length != 0 || !TrecScore.TryParse(block.AsSpan(score.Start, score.Length), out var value)) return false;
            at++;
            group.Add(passage.Start, passage.Length, value);
            if (!any) firstTag = Encoding.UTF8.GetString(block, tag.Start, tag.Length);
            any = true;
        }
        return !any || TryEnd(group, visit);
    }

    // The next field of the line; empty at its end, where the position stays on the line feed.
    private static (int Start, int Length) Field(byte[] block, ref int at, int length)
    {
        while (at < length && block[at] is (byte)' ' or 9 or 11 or 12 or 13) at++;
        var start = at;
        while (at < length && block[at] is not ((byte)' ' or (>= 9 and <= 13))) at++;
        return (start, at - start);
    }

    // The tag of the first line that has one; blocks may be done in any order.
    private void Note(int block, string tag)
    {
        lock (_lock)
        {
            if (block < _tagBlock) (_tagBlock, _tag) = (block, tag);
        }
    }

    private bool TryEnd(RunGroup group, Action<RunGroup> visit)
    {
        if (!group.TryFinish()) return false;
        lock (_lock)
        {
            if (_queries.Add(group.QueryId) != _ended) return false;         // it was there before: its lines are scattered
            _ended++;
            _entries += group.Count;
        }
        visit(group);
        return true;
    }
}
