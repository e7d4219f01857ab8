namespace Webhooks.Sdk.PostgreSql;

/// <content>Partitions: one a day of events, and one of their attempts.</content>
internal static partial class Sql
{
    public const string Today = "SELECT (webhooks.now() AT TIME ZONE 'UTC')::date";

    /// <summary>The names of the partitions of tables.</summary>
    public const string ListPartitions =
        "SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ANY($1::regclass[])";

    /// <summary>
    /// Makes a partition beside the table and attaches it, which unlike CREATE TABLE … PARTITION OF lets others write meanwhile. What has gone to the default
    /// partition in its range moves to it.
    /// </summary>
    public const string MakePartition =
        """
        SET LOCAL lock_timeout = '500ms';
        CREATE TABLE webhooks.{table}_{day} (LIKE webhooks.{table} INCLUDING ALL);
        LOCK TABLE webhooks.{table}_default IN ACCESS EXCLUSIVE MODE;
        WITH moved AS (DELETE FROM webhooks.{table}_default WHERE {key} >= '{from}' AND {key} < '{until}' RETURNING *)
        INSERT INTO webhooks.{table}_{day} SELECT * FROM moved;
        ALTER TABLE webhooks.{table} ATTACH PARTITION webhooks.{table}_{day} FOR VALUES FROM ('{from}') TO ('{until}');
        """;

    /// <summary>
    /// Whether everything in a partition is done: events older than their time, nothing that waits, and no dead letter within its own time.
    /// </summary>
    public const string IsPartitionDone =
        """
        SELECT NOT EXISTS(SELECT FROM webhooks.event_{day} WHERE created_at > webhooks.now() - $1)
            AND NOT EXISTS(SELECT FROM webhooks.pending WHERE event >= '{from}' AND event < '{until}')
            AND NOT EXISTS(SELECT FROM webhooks.delivery WHERE event >= '{from}' AND event < '{until}')
            AND NOT EXISTS(
                SELECT FROM webhooks.dead_letter l JOIN webhooks.event_{day} e ON e.key = l.event
                WHERE l.event >= '{from}' AND l.event < '{until}' AND e.created_at > webhooks.now() - $2)
        """;

    /// <summary>Forgets the keys of a partition's events, a slice at a time: before it is dropped, so that no key outlives its event.</summary>
    public const string ForgetKeys =
        """
        DELETE FROM webhooks.idempotency
        WHERE event = ANY(ARRAY(SELECT event FROM webhooks.idempotency WHERE event >= '{from}' AND event < '{until}' LIMIT 5000))
        """;

    /// <summary>Holds everybody off for the moment that the dropping takes. Whoever is in the way keeps the partition until the next time.</summary>
    public const string LockPartitions =
        "SET LOCAL lock_timeout = '500ms'; LOCK TABLE ONLY webhooks.event, ONLY webhooks.attempt IN ACCESS EXCLUSIVE MODE";

    public const string CountPartition = "SELECT count(*)::integer FROM webhooks.event_{day}";

    public const string DropPartition =
        """
        DELETE FROM webhooks.dead_letter WHERE event >= '{from}' AND event < '{until}';
        DROP TABLE IF EXISTS webhooks.attempt_{day};
        DROP TABLE webhooks.event_{day}
        """;

    /// <summary>
    /// Deletes deliveries and dead letters whose event or endpoint was deleted at the very moment when they were made, and what waits for fan-out without an event.
    /// </summary>
    public const string DeleteOrphans =
        """
        WITH unfinished AS (DELETE FROM webhooks.pending w WHERE NOT EXISTS(SELECT FROM webhooks.event e WHERE e.key = w.event)),
        dead AS (
            DELETE FROM webhooks.dead_letter l WHERE NOT EXISTS(SELECT FROM webhooks.event e WHERE e.key = l.event)
                OR NOT EXISTS(SELECT FROM webhooks.endpoint p WHERE p.n = l.endpoint))
        DELETE FROM webhooks.delivery d WHERE NOT EXISTS(SELECT FROM webhooks.event e WHERE e.key = d.event)
            OR NOT EXISTS(SELECT FROM webhooks.endpoint p WHERE p.n = d.endpoint)
        """;
}
