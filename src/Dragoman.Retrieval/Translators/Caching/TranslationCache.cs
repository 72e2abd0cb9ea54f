using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Microsoft.Data.Sqlite;

namespace Dragoman.Retrieval.Translators.Caching;

/// <summary>
/// Translations that were made once, in a SQLite file that several runs and several programs may share: translator's identity, languages and text to translation. What was put in stays when the program is
/// killed. Thread-safe.
/// </summary>
public sealed class TranslationCache : IDisposable
{
    private const int ApplicationId = 0x44525452, Version = 1, Corrupt = 11, NotADatabase = 26, Full = 13, Busy = 5, Locked = 6, ReadOnlyFile = 8, CannotOpen = 14;

    private const string Schema = """
        CREATE TABLE translators (number INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE translations (
            translator INTEGER NOT NULL REFERENCES translators, source TEXT NOT NULL, target TEXT NOT NULL, text BLOB NOT NULL, translation TEXT NOT NULL,
            PRIMARY KEY (translator, source, target, text)) STRICT, WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly Lock _gate = new();

    private TranslationCache(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens a cache, or makes an empty one.</summary>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <exception cref="DragomanException">The file cannot be opened, or is no such cache.</exception>
    public static TranslationCache Open(string path)
    {
        OutputPath.RequireFile(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 60 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
            using var transaction = connection.BeginTransaction();
            if (Number(connection, "PRAGMA application_id") == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
                Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; {Schema}"));
            if (Number(connection, "PRAGMA application_id") != ApplicationId) throw new DragomanException($"{path} is a database, but no cache of translations; name another file.");
            if (Number(connection, "PRAGMA user_version") != Version) throw new DragomanException($"{path} is a cache of translations of another version of Dragoman; name another file, or delete it.");
            transaction.Commit();
            return new TranslationCache(path, connection);
        }
        catch (Exception failure)
        {
            connection.Dispose();
            if (failure is SqliteException broken) throw Sentence(path, broken);
            throw;
        }
    }

    /// <summary>Looks texts up.</summary>
    /// <param name="translator">Identity of the translator.</param>
    /// <param name="from">Language of the texts.</param>
    /// <param name="to">Language of the translations.</param>
    /// <param name="texts">The texts.</param>
    /// <returns>A translation for every text, in their order; null for those that are not there.</returns>
    /// <exception cref="DragomanException">The file cannot be read.</exception>
    public IReadOnlyList<string?> Find(string translator, string from, string to, IReadOnlyList<string> texts) => Use(() =>
    {
        using var command = Command("SELECT translation FROM translations WHERE translator = (SELECT number FROM translators WHERE identity = $1) AND source = $2 AND target = $3 AND text = $4", translator, from, to, Array.Empty<byte>());
        var found = new string?[texts.Count];
        for (var text = 0; text < found.Length; text++)
        {
            command.Parameters["$4"].Value = KeyOf(texts[text]);
            found[text] = (string?)command.ExecuteScalar();
        }
        return found;
    });

    /// <summary>Puts translations in, all or none.</summary>
    /// <param name="translator">Identity of the translator.</param>
    /// <param name="from">Language of the texts.</param>
    /// <param name="to">Language of the translations.</param>
    /// <param name="translations">Texts with their translations; of a text that is there the new translation counts.</param>
    /// <exception cref="DragomanException">The file cannot be written.</exception>
    public void Add(string translator, string from, string to, IEnumerable<(string Text, string Translation)> translations) => Use(() =>
    {
        using var transaction = _connection.BeginTransaction();
        using (var name = Command("INSERT OR IGNORE INTO translators (identity) VALUES ($1)", translator)) name.ExecuteNonQuery();
        using var command = Command("INSERT OR REPLACE INTO translations VALUES ((SELECT number FROM translators WHERE identity = $1), $2, $3, $4, $5)", translator, from, to, Array.Empty<byte>(), "");
        foreach (var (text, translation) in translations)
        {
            command.Parameters["$4"].Value = KeyOf(text);
            command.Parameters["$5"].Value = translation;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        return true;
    });

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    private static byte[] KeyOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private T Use<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (SqliteException failure)
            {
                throw Sentence(_path, failure);
            }
        }
    }

    private static DragomanException Sentence(string path, SqliteException failure) => failure.SqliteErrorCode switch
    {
        Full => new DragomanException($"The cache of translations {path} cannot be written: the disk is full; make room and run the same command again, it goes on from here.", failure),
        Busy or Locked => new DragomanException($"The cache of translations {path} is in use by another program; try again when it has ended, or name another file.", failure),
        ReadOnlyFile or CannotOpen => new DragomanException($"The cache of translations {path} cannot be opened for reading and writing; check who may write there, or name another file.", failure),
        Corrupt or NotADatabase => new DataFormatException(path, 0, $"this is no cache of translations, or it is damaged ({failure.Message.TrimEnd('.')}); delete it to begin anew, or name another file.", failure),
        _ => new DragomanException($"The cache of translations {path} cannot be used ({failure.Message.TrimEnd('.')}).", failure),
    };

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql, []);
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql, []);
        return (long)command.ExecuteScalar()!;
    }

    private SqliteCommand Command(string sql, params object[] values) => Command(_connection, sql, values);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "All statements are constants of this file; values are parameters.")]
    private static SqliteCommand Command(SqliteConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var place = 0; place < values.Length; place++) command.Parameters.AddWithValue($"${place + 1}", values[place]);
        return command;
    }
}
