using System;
using System.Runtime.CompilerServices;
using SQLitePCL;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// The function that all SQL reads the time from: <c>webhooks_now()</c>.
/// </summary>
internal sealed class StoreClock
{
    // SQLite refuses to register a function again while a statement of the connection is being read, as the caller's may be.
    private static readonly ConditionalWeakTable<sqlite3, StoreClock> Clocks = [];

    private volatile TimeProvider _timeProvider;

    private StoreClock(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
    }

    /// <summary>Sets the clock of a connection.</summary>
    public static void Set(sqlite3 database, TimeProvider timeProvider)
    {
        if (Clocks.TryGetValue(database, out StoreClock? known))
        {
            known._timeProvider = timeProvider;
            return;
        }

        var clock = new StoreClock(timeProvider);
        int code = raw.sqlite3_create_function(database, "webhooks_now", 0, raw.SQLITE_UTF8, null, clock.Tell);

        if (code != raw.SQLITE_OK)
        {
            throw SqliteFault.Of(database, code);
        }

        Clocks.Add(database, clock);
    }

    private void Tell(sqlite3_context context, object userData, sqlite3_value[] arguments) =>
        raw.sqlite3_result_int64(context, UnixTicks.From(_timeProvider.GetUtcNow()));
}
