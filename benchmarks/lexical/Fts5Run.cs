using System.Diagnostics;
using Dragoman.Collections;
using Microsoft.Data.Sqlite;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Indexing and search by SQLite's FTS5, with its own bm25().</summary>
internal static class Fts5Run
{
    internal static int Measure(string folder)
    {
        var (meter, path) = (new Meter(), Path.Combine(folder, "fts5.db"));
        File.Delete(path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA synchronous = OFF; CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, body, tokenize = 'ascii')");
        var passages = File.ReadLines(Path.Combine(folder, "docs.tsv")).Count();
        meter.Rate("documents", passages, () => Fill(connection, folder));
        meter.Add("indexMiB", new FileInfo(path).Length / 1048576.0);
        var queries = Texts.ReadQueries(folder);
        foreach (var depth in new[] { 10, 1000 })
        {
            var times = new List<TimeSpan>();
            foreach (var query in queries.Take(100)) Search(connection, query, depth);
            meter.Rate($"queriesAt{depth}", queries.Count, () => times.AddRange(queries.Select(query => Search(connection, query, depth)).ToList()));
            meter.Percentile($"p99MsAt{depth}", times);
        }
        return meter.Print("SQLite FTS5");
    }

    private static void Fill(SqliteConnection connection, string folder)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO texts VALUES ($id, $body)";
        var (id, body) = (insert.Parameters.Add("$id", SqliteType.Text), insert.Parameters.Add("$body", SqliteType.Text));
        foreach (var passage in Texts.Passages(folder))
        {
            (id.Value, body.Value) = (passage.Id, passage.Text);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
        Execute(connection, "INSERT INTO texts(texts) VALUES ('optimize')");
    }

    private static TimeSpan Search(SqliteConnection connection, Query query, int depth)
    {
        var start = Stopwatch.GetTimestamp();
        using var search = connection.CreateCommand();
        search.CommandText = "SELECT id, rank FROM texts WHERE texts MATCH $query ORDER BY rank LIMIT $depth";
        search.Parameters.AddWithValue("$query", string.Join(" OR ", query.Text.Split(' ')));
        search.Parameters.AddWithValue("$depth", depth);
        using var reader = search.ExecuteReader();
        while (reader.Read()) _ = reader.GetString(0);
        return Stopwatch.GetElapsedTime(start);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
