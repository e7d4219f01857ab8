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
}
