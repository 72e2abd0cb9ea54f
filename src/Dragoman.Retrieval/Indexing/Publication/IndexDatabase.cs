using System.Globalization;
using Dragoman.Collections.Errors;
using Microsoft.Data.Sqlite;

namespace Dragoman.Retrieval.Indexing.Publication;

/// <summary>
/// The SQLite database of an index: the one generation that is published, and the history of publications. A publication is one transaction, so that a crash leaves the generation before
/// or the new one. SQLite's rollback journal is used: a log of pages (WAL) would end silently, at an older generation, where a byte of it is damaged.
/// </summary>
internal static class IndexDatabase
{
    private const int ApplicationId = 0x4452474D, Corrupt = 11, NotADatabase = 26, Full = 13, Busy = 5, Locked = 6, ReadOnly = 8, CannotOpen = 14;

    private const string Journal = "-journal";

    private const string Schema = """
        CREATE TABLE published (
            one INTEGER PRIMARY KEY CHECK (one = 1), generation INTEGER NOT NULL, next_segment INTEGER NOT NULL, analyzer TEXT NOT NULL, encoder TEXT,
            dimension INTEGER NOT NULL, precision INTEGER NOT NULL, config TEXT NOT NULL, inputs TEXT, positions INTEGER NOT NULL, weights TEXT, graphs TEXT, digest BLOB NOT NULL) STRICT;
        CREATE TABLE segments (segment INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, checksum INTEGER NOT NULL, passages INTEGER NOT NULL) STRICT;
        CREATE TABLE weights (segment INTEGER PRIMARY KEY REFERENCES segments, file INTEGER NOT NULL UNIQUE, bytes INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;
        CREATE TABLE graphs (segment INTEGER PRIMARY KEY REFERENCES segments, file INTEGER NOT NULL UNIQUE, bytes INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;
        CREATE TABLE tombstones (segment INTEGER PRIMARY KEY REFERENCES segments, count INTEGER NOT NULL, passages BLOB NOT NULL) STRICT;
        CREATE TABLE history (
            generation INTEGER PRIMARY KEY, published TEXT NOT NULL, operation TEXT NOT NULL, added INTEGER NOT NULL, deleted INTEGER NOT NULL, segments INTEGER NOT NULL) STRICT;
        """;

    /// <summary>Makes an empty database.</summary>
    internal static void Create(string folder) => Use(folder, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {IndexManifest.CurrentVersion}; {Schema}"));
        return true;
    });

    /// <summary>Reads what is published.</summary>
    /// <exception cref="DragomanException">The index is of another version.</exception>
    /// <exception cref="DataFormatException">The database is missing or damaged.</exception>
    internal static PublishedIndex Read(string folder)
    {
        var path = Path.Combine(folder, IndexFolder.Database);
        if (!File.Exists(path)) throw new DataFormatException(path, 0, $"the file is missing; rebuild the index with '{IndexFolder.Command}'.");
        var (published, digest) = Use(folder, SqliteOpenMode.ReadWrite, connection =>
        {
            // One transaction, so that all tables are of one generation.
            using var transaction = connection.BeginTransaction(deferred: true);
            RequireVersion(folder, Number(connection, "PRAGMA user_version"));
            return ReadPublished(connection, path);
        });
        return published.Digest().AsSpan().SequenceEqual(digest) ? published : throw Damaged(path, "what it says is published does not match its checksum", null);
    }

    /// <summary>Publishes a generation in place of the one before.</summary>
    /// <exception cref="DragomanException">The database cannot be written; the generation before stays.</exception>
    internal static void Publish(string folder, PublishedIndex index, PublicationNote note, DateTimeOffset time) => Use(folder, SqliteOpenMode.ReadWrite, connection =>
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, "DELETE FROM tombstones; DELETE FROM weights; DELETE FROM graphs; DELETE FROM segments; DELETE FROM published;");
        foreach (var segment in index.Segments)
        {
            Execute(connection, "INSERT INTO segments VALUES ($1, $2, $3, $4)", segment.Number, segment.Bytes, (long)segment.Checksum, segment.Passages);
            if (segment.Weights is { } weights) Execute(connection, "INSERT INTO weights VALUES ($1, $2, $3, $4)", segment.Number, weights.Number, weights.Bytes, (long)weights.Checksum);
            if (segment.Graphs is { } graphs) Execute(connection, "INSERT INTO graphs VALUES ($1, $2, $3, $4)", segment.Number, graphs.Number, graphs.Bytes, (long)graphs.Checksum);
            if (segment.Deleted.Length > 0)
                Execute(connection, "INSERT INTO tombstones VALUES ($1, $2, $3)", segment.Number, Segments.Tombstones.FromBytes(segment.Deleted, segment.Passages)!.Count, segment.Deleted);
        }
        var settings = index.Settings;
        Execute(connection, "INSERT INTO published VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", index.Generation, index.NextSegment, settings.Analyzer, settings.Encoder,
            settings.Dimension, (int)settings.Precision, settings.Config, settings.Inputs, settings.Positions ? 1 : 0, settings.Weights, settings.Graphs, index.Digest());
        Execute(connection, "INSERT OR REPLACE INTO history VALUES ($1, $2, $3, $4, $5, $6)", index.Generation, time.ToString("O", CultureInfo.InvariantCulture), note.Operation, note.Added, note.Deleted, index.Segments.Count);
        transaction.Commit();
        return true;
    });

    private static (PublishedIndex, byte[]) ReadPublished(SqliteConnection connection, string path)
    {
        var deleted = Rows(connection, "SELECT segment, passages FROM tombstones", row => (Segment: row.GetInt64(0), Passages: (byte[])row.GetValue(1))).ToDictionary(row => row.Segment, row => row.Passages);
        var weights = FilesOf(Rows(connection, "SELECT segment, file, bytes, checksum FROM weights", FileAt));
        var graphs = FilesOf(Rows(connection, "SELECT segment, file, bytes, checksum FROM graphs", FileAt));
        var segments = Rows(connection, "SELECT segment, bytes, checksum, passages FROM segments ORDER BY segment", row =>
            new PublishedSegment(row.GetInt64(0), row.GetInt64(1), (uint)row.GetInt64(2), row.GetInt32(3), deleted.GetValueOrDefault(row.GetInt64(0), []), weights.GetValueOrDefault(row.GetInt64(0)), graphs.GetValueOrDefault(row.GetInt64(0))));
        var published = Rows(connection, "SELECT generation, next_segment, analyzer, encoder, dimension, precision, config, inputs, positions, weights, graphs, digest FROM published", row => (new PublishedIndex(
            row.GetInt64(0), row.GetInt64(1),
            new IndexSettings(row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(4), (VectorPrecision)row.GetInt32(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7), row.GetInt64(8) != 0, row.IsDBNull(9) ? null : row.GetString(9), row.IsDBNull(10) ? null : row.GetString(10)),
            segments), (byte[])row.GetValue(11)));
        return published is [var only] ? only : throw Damaged(path, "nothing is published in it", null);
    }

    private static (long Segment, PublishedFile File) FileAt(SqliteDataReader row) => (row.GetInt64(0), new PublishedFile(row.GetInt64(1), row.GetInt64(2), (uint)row.GetInt64(3)));

    private static Dictionary<long, PublishedFile> FilesOf(List<(long Segment, PublishedFile File)> rows) => rows.ToDictionary(row => row.Segment, row => row.File);

    private static void RequireVersion(string folder, long version)
    {
        if (version != IndexManifest.CurrentVersion) throw new IndexFormatException(folder, version);
    }

    private static T Use<T>(string folder, SqliteOpenMode mode, Func<SqliteConnection, T> work)
    {
        var path = Path.Combine(folder, IndexFolder.Database);
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
            connection.Open();
            // EXTRA flushes the folder too when the journal is gone: a power cut must not bring back a generation whose merged segments were removed after the commit.
            Execute(connection, "PRAGMA synchronous = EXTRA");
            return work(connection);
        }
        catch (Exception failure) when (failure is SqliteException or InvalidCastException or OverflowException or FormatException)
        {
            throw Sentence(path, failure);
        }
    }

    private static DragomanException Sentence(string path, Exception failure) => (failure as SqliteException)?.SqliteErrorCode switch
    {
        Full => new DragomanException($"{path} cannot be written: the disk is full; what was published before is intact, make room and try again.", failure),
        Busy or Locked => new DragomanException($"{path} is in use by another program; try again when it has ended.", failure),
        ReadOnly when File.Exists(path + Journal) => new DragomanException($"{path} holds a change that was broken off, which this user may not take back; search the index once as a user who may write there.", failure),
        ReadOnly or CannotOpen => new DragomanException($"{path} cannot be opened for reading and writing; check who may write there.", failure),
        null or Corrupt or NotADatabase => Damaged(path, failure.Message.TrimEnd('.'), failure),
        _ => new DragomanException($"{path} cannot be read or written ({failure.Message.TrimEnd('.')}); what was published before is intact.", failure),
    };

    private static DataFormatException Damaged(string path, string problem, Exception? failure) =>
        new(path, 0, $"the database of the index is damaged ({problem}); rebuild the index with '{IndexFolder.Command}'.", failure);

    private static void Execute(SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql, []);
        return (long)command.ExecuteScalar()!;
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Command(connection, sql, []);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "All statements are constants of this file; values are parameters.")]
    private static SqliteCommand Command(SqliteConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var place = 0; place < values.Length; place++) command.Parameters.AddWithValue($"${place + 1}", values[place] ?? DBNull.Value);
        return command;
    }
}
