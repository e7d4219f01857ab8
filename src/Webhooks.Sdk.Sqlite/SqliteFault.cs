using System;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks.Sdk.Sqlite;

/// <summary>Says what SQLite's result codes mean for a store, and what mends them.</summary>
internal static class SqliteFault
{
    /// <summary>Makes the exception of a connection's last failure.</summary>
    public static WebhookStoreException Of(sqlite3 database, int code)
    {
        string detail = raw.sqlite3_errmsg(database).utf8_to_string();
        string file = raw.sqlite3_db_filename(database, "main").utf8_to_string();
        return Of(file, code, raw.sqlite3_extended_errcode(database), detail, innerException: null);
    }

    public static WebhookStoreException Of(string file, SqliteException exception) =>
        Of(file, exception.SqliteErrorCode, exception.SqliteExtendedErrorCode, exception.Message, exception);

    private static WebhookStoreException Of(string file, int code, int extendedCode, string detail, Exception? innerException)
    {
        (string what, bool isTransient) = (code & 0xFF) switch
        {
            raw.SQLITE_FULL => ("is full: there is no space on its disk, or max_page_count is reached. Nothing was stored; it goes on by itself when there is space", true),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                ("is locked: another transaction has been writing for too long. Keep transactions short, and publish inside of one by handing it over", true),
            raw.SQLITE_IOERR => ("cannot be read or written", true),
            raw.SQLITE_NOMEM => ("has run out of memory", true),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => ("is damaged, or no SQLite database. Restore it from a backup", false),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH =>
                ("cannot be opened for writing. The process needs to write the file and its directory", false),
            _ => ("refused a statement", false),
        };

        return new WebhookStoreException(
            string.Create(CultureInfo.InvariantCulture, $"The SQLite database '{file}' {what}. (SQLite error {extendedCode}: {detail})"),
            isTransient,
            innerException);
    }
}
