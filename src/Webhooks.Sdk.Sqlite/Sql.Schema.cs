namespace Webhooks.Sdk.Sqlite;

/// <content>The tables.</content>
internal static partial class Sql
{
    public const long SchemaVersion = 1;

    /// <summary>
    /// Has no effect on a file that has tables already; there, free pages are used again but not given back.
    /// </summary>
    public const string AutoVacuum = "PRAGMA auto_vacuum = INCREMENTAL";

    /// <summary>Readers go on while one writes; kept in the file.</summary>
    public const string WriteAheadLog = "PRAGMA journal_mode = WAL";

    /// <summary>
    /// What is committed survives the loss of power: NORMAL would lose the last commits. The two settings of full fsync matter on macOS only. 16 MiB hold
    /// the pages that are in use, which 2 do not.
    /// </summary>
    public const string Durable =
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY; "
        + "PRAGMA cache_size = -16384";

    /// <summary>A connection that reads cannot write by mistake.</summary>
    public const string ReadOnly = "PRAGMA query_only = ON";

    /// <summary>Is there a schema?</summary>
    public const string HasSchema = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'webhooks_schema'";

    /// <summary>Of which version?</summary>
    public const string ReadVersion = "SELECT version FROM webhooks_schema";

    /// <summary>
    /// The whole schema. Times are 100 nanoseconds since 1970 in UTC; n is a key of the store's own, uuid what is told outside.
    /// </summary>
    /// <remarks>
    /// The tables lie beside the application's own, since a transaction spans one file: hence the prefix, and a version in a table, because
    /// PRAGMA user_version is the application's.
    /// </remarks>
    public const string CreateSchema =
        """
        CREATE TABLE webhooks_schema(version INTEGER NOT NULL) STRICT;
        INSERT INTO webhooks_schema(version) VALUES(1);

        -- Values that are kept for ever, such as what shows whether the sealing keys still fit.
        CREATE TABLE webhooks_kept(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

        -- Who works on the deliveries of this file, one process at a time: its holder, until when, and how many holders there were.
        CREATE TABLE webhooks_lease(one INTEGER PRIMARY KEY CHECK(one = 1), holder TEXT, epoch INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT;
        INSERT INTO webhooks_lease(one, holder, epoch, expires_at) VALUES(1, NULL, 0, 0);

        -- One row an event, whatever number of endpoints it goes to, never changed. n rises in the order of commits, since one writes at a time, and is
        -- never used again. An event of an owner, or of nobody, is stored once for each idempotency key (NULLs alone would all differ): a plain INSERT
        -- publishes an event, or does nothing. What is long comes last: reading the rest does not touch it.
        CREATE TABLE webhooks_event(
            n INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB NOT NULL UNIQUE, created_at INTEGER NOT NULL, not_before INTEGER,
            expires_at INTEGER, counts_for_health INTEGER NOT NULL DEFAULT 1, timestamp INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT, type TEXT NOT NULL,
            subject TEXT, source TEXT, endpoint_id TEXT, idempotency_key TEXT NOT NULL, trace_parent TEXT, data BLOB NOT NULL,
            sealed_request BLOB NOT NULL DEFAULT x'', owner_or_nobody ANY GENERATED ALWAYS AS (coalesce(owner, 0)) VIRTUAL,
            UNIQUE(idempotency_key, owner_or_nobody) ON CONFLICT IGNORE
        ) STRICT;
        CREATE INDEX webhooks_event_id ON webhooks_event(id);
        CREATE INDEX webhooks_event_age ON webhooks_event(created_at);
        CREATE INDEX webhooks_event_owner ON webhooks_event(owner) WHERE owner IS NOT NULL;
        CREATE INDEX webhooks_event_subject ON webhooks_event(subject) WHERE subject IS NOT NULL;

        -- How far events are fanned out: all up to done, and of the next one, partly, all endpoints up to partly_to. And the last id of a delivery.
        CREATE TABLE webhooks_fan_out(
            one INTEGER PRIMARY KEY CHECK(one = 1), done INTEGER NOT NULL, partly INTEGER, partly_to TEXT, last_delivery INTEGER NOT NULL) STRICT;
        INSERT INTO webhooks_fan_out(one, done, last_delivery) VALUES(1, 0, 0);

        CREATE TABLE webhooks_endpoint(
            n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, owner TEXT, bucket INTEGER NOT NULL, ordered INTEGER NOT NULL, has_lane INTEGER NOT NULL,
            state INTEGER NOT NULL DEFAULT 0, state_cause INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, failing_since INTEGER,
            version INTEGER NOT NULL, created_at INTEGER NOT NULL, event_types TEXT NOT NULL, filter BLOB NOT NULL, sealed_settings BLOB NOT NULL
        ) STRICT;
        CREATE INDEX webhooks_endpoint_owner ON webhooks_endpoint(owner, id) WHERE owner IS NOT NULL;

        -- The greatest version that a removed endpoint had: whoever remembers one must not take the next under its id for it.
        CREATE TABLE webhooks_removed(one INTEGER PRIMARY KEY CHECK(one = 1), version INTEGER NOT NULL) STRICT;
        INSERT INTO webhooks_removed(one, version) VALUES(1, 0);
        CREATE TRIGGER webhooks_endpoint_removed AFTER DELETE ON webhooks_endpoint BEGIN
            UPDATE webhooks_removed SET version = max(version, old.version);
        END;

        -- What endpoints subscribe to: a row for each event type or pattern, found by it, with or without an owner, in the order of the endpoints' ids.
        CREATE TABLE webhooks_subscription(pattern TEXT, endpoint_id TEXT, owner TEXT, PRIMARY KEY(pattern, endpoint_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX webhooks_subscription_owner ON webhooks_subscription(owner, pattern, endpoint_id) WHERE owner IS NOT NULL;
        CREATE INDEX webhooks_subscription_endpoint ON webhooks_subscription(endpoint_id);

        -- Unfinished work only: a row is deleted when its delivery ends. Its id is never used again, since attempts and operators remember it.
        CREATE TABLE webhooks_delivery(
            id INTEGER PRIMARY KEY, event INTEGER NOT NULL, endpoint INTEGER NOT NULL, bucket INTEGER NOT NULL, lane INTEGER NOT NULL,
            attempt INTEGER NOT NULL, due_at INTEGER NOT NULL, counts_for_health INTEGER NOT NULL, set_aside INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX webhooks_delivery_due ON webhooks_delivery(due_at) WHERE lane = 0;
        CREATE INDEX webhooks_delivery_lane ON webhooks_delivery(endpoint, due_at) WHERE lane = 1;
        CREATE INDEX webhooks_delivery_endpoint ON webhooks_delivery(endpoint);
        CREATE INDEX webhooks_delivery_event ON webhooks_delivery(event);

        CREATE TABLE webhooks_attempt(
            n INTEGER PRIMARY KEY, delivery INTEGER NOT NULL, event INTEGER NOT NULL, endpoint INTEGER NOT NULL, number INTEGER NOT NULL,
            started_at INTEGER NOT NULL, duration INTEGER NOT NULL, status INTEGER, failure INTEGER NOT NULL, error TEXT
        ) STRICT;
        CREATE INDEX webhooks_attempt_delivery ON webhooks_attempt(delivery);
        CREATE INDEX webhooks_attempt_event ON webhooks_attempt(event);
        CREATE INDEX webhooks_attempt_endpoint ON webhooks_attempt(endpoint);

        CREATE TABLE webhooks_dead_letter(
            delivery INTEGER PRIMARY KEY, event INTEGER NOT NULL, endpoint INTEGER NOT NULL, reason INTEGER NOT NULL, attempts INTEGER NOT NULL,
            died_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX webhooks_dead_letter_endpoint ON webhooks_dead_letter(endpoint);
        CREATE INDEX webhooks_dead_letter_event ON webhooks_dead_letter(event);
        """;
}
