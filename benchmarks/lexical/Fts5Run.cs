using Dragoman.Collections;
using Microsoft.Data.Sqlite;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Indexing and search by SQLite's FTS5, with its own bm25(), on one thread.</summary>
internal static class Fts5Run
{
    // It scores every passage with a term: at a million passages a tenth of a second and more a query.
    private const int MostQueries = 100, MatchesInAll = 20_000_000;

    internal static void Index(string folder)
    {
        var (meter, path) = (new Meter("SQLite FTS5"), Path.Combine(folder, "fts5.db"));
        File.Delete(path);
        using (var connection = Open(path))
        {
            Execute(connection, "PRAGMA synchronous = OFF; CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, body, tokenize = 'ascii')");
            meter.Rate("documents", Texts.Count(folder), () => Fill(connection, folder));
        }
        meter.Peak("indexing");
        meter.Note("index, MiB", new FileInfo(path).Length / 1048576.0);
    }

    internal static void Search(string folder)
    {
        var meter = new Meter("SQLite FTS5");
        using var connection = Open(Path.Combine(folder, "fts5.db"));
        var sample = Math.Clamp(MatchesInAll / Texts.Count(folder), 1, MostQueries);
        foreach (var kind in Texts.Kinds)
        {
            var queries = Texts.Queries(folder, kind).Take(sample).ToList();
            foreach (var depth in new[] { 10, 1000 })
            {
                var name = $"{kind.Name}, depth {depth}";
                foreach (var query in queries.Take(sample / 10)) Search(connection, query, depth);
                meter.Rate($"{name}: queries", queries.Count, () => meter.Percentile(name, [.. queries.Select(query => (Action)(() => Search(connection, query, depth)))]));
            }
        }
        meter.Peak("searching");
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

    private static void Search(SqliteConnection connection, Query query, int depth)
    {
        using var search = connection.CreateCommand();
        search.CommandText = "SELECT id, rank FROM texts WHERE texts MATCH $query ORDER BY rank LIMIT $depth";
        search.Parameters.AddWithValue("$query", string.Join(" OR ", query.Text.Split(' ')));
        search.Parameters.AddWithValue("$depth", depth);
        using var reader = search.ExecuteReader();
        while (reader.Read()) _ = reader.GetString(0);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
