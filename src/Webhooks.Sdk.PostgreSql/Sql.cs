namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Every statement of the store, each with what it is for. The time is read from <c>webhooks.now()</c> and nowhere else. <c>LIMIT 512</c> stands for the
/// limit that is asked for: a literal, because a prepared statement would be planned for a tenth of the table.
/// </summary>
internal static partial class Sql
{
    /// <summary>
    /// For the rest of the transaction: rows are read in the order of an index that has it, and no further than needed. What is switched off counts as very
    /// expensive where it cannot be avoided, and the server would compile the statement for seconds to make up for it.
    /// </summary>
    public const string KeepToIndexes =
        """
        SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true),
            set_config('jit', 'off', true)
        """;

    /// <summary>The server's process that answers.</summary>
    public const string ReadProcess = "SELECT pg_backend_pid()";

    /// <summary>Keeps a value unless there is one of the name.</summary>
    public const string Keep = "INSERT INTO webhooks.kept(name, value) VALUES($1, $2) ON CONFLICT(name) DO NOTHING";

    public const string ReadKept = "SELECT value FROM webhooks.kept WHERE name = $1";

    /// <summary>Takes buckets that nobody holds any more, the one of fan-out first, and says that the holder is there, whatever it gets.</summary>
    public const string Acquire =
        """
        WITH present AS (
            INSERT INTO webhooks.holder(name, expires_at) VALUES($1, webhooks.now() + $2)
            ON CONFLICT(name) DO UPDATE SET expires_at = excluded.expires_at)
        UPDATE webhooks.bucket SET holder = $1, epoch = epoch + 1, expires_at = webhooks.now() + $2
        WHERE id = ANY(ARRAY(
            SELECT id FROM webhooks.bucket WHERE holder IS NULL OR expires_at <= webhooks.now() ORDER BY id DESC LIMIT 512 FOR UPDATE SKIP LOCKED))
        RETURNING id, epoch
        """;

    /// <summary>Prolongs the leases of a holder, unless they have run out.</summary>
    public const string Renew =
        """
        WITH present AS (
            INSERT INTO webhooks.holder(name, expires_at) VALUES($1, webhooks.now() + $2)
            ON CONFLICT(name) DO UPDATE SET expires_at = excluded.expires_at)
        UPDATE webhooks.bucket SET expires_at = webhooks.now() + $2 WHERE holder = $1 AND expires_at > webhooks.now() RETURNING id, epoch
        """;

    /// <summary>Gives buckets back; whoever keeps none has gone.</summary>
    public const string Release =
        """
        WITH given AS (UPDATE webhooks.bucket SET holder = NULL, expires_at = '-infinity' WHERE holder = $1 AND id = ANY($2) RETURNING id)
        DELETE FROM webhooks.holder WHERE name = $1
            AND NOT EXISTS(SELECT FROM webhooks.bucket WHERE holder = $1 AND id <> ALL(ARRAY(SELECT id FROM given)))
        """;

    public const string CountHolders = "SELECT count(*)::integer FROM webhooks.holder WHERE expires_at > webhooks.now()";

    /// <summary>Forgets holders that are long gone.</summary>
    public const string ForgetHolders = "DELETE FROM webhooks.holder WHERE expires_at <= webhooks.now() - interval '1 hour'";

    /// <summary>Tells other nodes that there may be something to do. Never within a caller's transaction: commits that notify wait for each other.</summary>
    public const string Notify = "SELECT pg_notify($1, $2)";

    private const string EventColumns =
        """
        key, not_before, expires_at, counts_for_health, timestamp, id, owner, type, subject, source, endpoint_id, idempotency_key, trace_parent, data,
        sealed_request
        """;

    /// <summary>
    /// Stores a group of events, numbered in their order, unless their keys are there. Keys are claimed in their order, so that two groups cannot wait for
    /// each other.
    /// </summary>
    public const string Append =
        $"""
        WITH new AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY AS new({EventColumns}, place)),
        claims AS (
            INSERT INTO webhooks.idempotency(key, owner, event) SELECT idempotency_key, owner, key FROM new ORDER BY idempotency_key, owner, place
            ON CONFLICT DO NOTHING RETURNING event),
        first AS MATERIALIZED (SELECT * FROM new WHERE key IN (SELECT event FROM claims) ORDER BY place),
        stored AS (INSERT INTO webhooks.event({EventColumns}) SELECT {EventColumns} FROM first)
        INSERT INTO webhooks.pending(event, counts_for_health, not_before, expires_at) SELECT key, counts_for_health, not_before, expires_at FROM first
        RETURNING event
        """;

    /// <summary>
    /// Stores an event within the caller's transaction: one row and nothing else. Its key is claimed at fan-out, since a claim would make others wait for the
    /// caller's commit.
    /// </summary>
    public const string AppendInTransaction =
        $"INSERT INTO webhooks.outbox({EventColumns}) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

    /// <summary>Likewise, unless its key, which is not the event's own id, is there.</summary>
    public const string AppendOnceInTransaction =
        $"""
        INSERT INTO webhooks.outbox({EventColumns}) SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
        WHERE NOT EXISTS(SELECT FROM webhooks.idempotency i WHERE i.key = $12 AND i.owner IS NOT DISTINCT FROM $7)
            AND NOT EXISTS(SELECT FROM webhooks.outbox o WHERE o.idempotency_key = $12 AND o.owner IS NOT DISTINCT FROM $7)
        """;

    /// <summary>The event that came first with a key of an owner: the one that claimed it, or one that will.</summary>
    public const string ReadFirst =
        $"""
        SELECT {EventColumns} FROM webhooks.event
        WHERE key = (SELECT i.event FROM webhooks.idempotency i WHERE i.key = $1 AND i.owner IS NOT DISTINCT FROM $2)
        UNION ALL
        (SELECT {EventColumns} FROM webhooks.outbox WHERE idempotency_key = $1 AND owner IS NOT DISTINCT FROM $2 ORDER BY n LIMIT 1)
        LIMIT 1
        """;

    /// <summary>
    /// Events to fan out: whatever is committed by now, however late, in the order in which it was stored. What a long transaction published comes before what
    /// its caller published after the commit, so the outbox is read from its beginning, and others behind a number before which nothing can come any more. The
    /// last two columns make up the next id of a transaction: the snapshot's upper bound knows only of those that have ended.
    /// </summary>
    public const string ReadPending =
        $"""
        SELECT {EventColumns}, fanned_out_to, number, pg_snapshot_xmin(snapshot), pg_snapshot_xmax(snapshot), age(pg_snapshot_xmax(snapshot)::xid) FROM (
            (SELECT e.*, w.n, w.fanned_out_to, CASE WHEN w.fanned_out_to IS NULL THEN w.n END AS number FROM (
                SELECT n, event, fanned_out_to FROM (
                    (SELECT n, event, fanned_out_to FROM webhooks.pending WHERE fanned_out_to IS NOT NULL ORDER BY n LIMIT 512)
                    UNION ALL
                    (SELECT n, event, fanned_out_to FROM webhooks.pending WHERE fanned_out_to IS NULL AND n > $1 ORDER BY n LIMIT 512)) w
                ORDER BY n LIMIT 512) w
            CROSS JOIN LATERAL (SELECT {EventColumns} FROM webhooks.event WHERE key = w.event) e ORDER BY w.n)
            UNION ALL
            (SELECT {EventColumns}, n, NULL, NULL FROM webhooks.outbox ORDER BY n LIMIT 512)) found
        CROSS JOIN (SELECT pg_current_snapshot() AS snapshot) moment
        ORDER BY n LIMIT 512
        """;

    public const string ReadEvents = $"SELECT {EventColumns} FROM webhooks.event WHERE key = ANY($1)";

    /// <summary>
    /// Notes how far events are fanned out, if they were as far as the caller believes, and adds their deliveries, numbered in the order asked for. What comes
    /// from the outbox claims its key and becomes an event, or was published twice and goes to nobody.
    /// </summary>
    public const string FanOut =
        $"""
        WITH asked AS MATERIALIZED (SELECT * FROM unnest($1, $2, $3) WITH ORDINALITY AS asked(key, after, until, place)),
        held AS MATERIALIZED (
            SELECT w.*, a.until, a.place FROM webhooks.pending w JOIN asked a ON a.key = w.event
            WHERE w.event = ANY($1) AND w.fanned_out_to IS NOT DISTINCT FROM a.after
            FOR UPDATE OF w),
        taken AS (DELETE FROM webhooks.outbox o WHERE o.key = ANY($1) RETURNING *),
        claims AS (
            INSERT INTO webhooks.idempotency(key, owner, event) SELECT idempotency_key, owner, key FROM taken ORDER BY idempotency_key, owner, n
            ON CONFLICT DO NOTHING RETURNING event),
        first AS MATERIALIZED (SELECT * FROM taken WHERE key IN (SELECT event FROM claims)),
        stored AS (INSERT INTO webhooks.event({EventColumns}) SELECT {EventColumns} FROM first ON CONFLICT DO NOTHING),
        told AS MATERIALIZED (
            SELECT n, event, counts_for_health, not_before, expires_at, until, place, false AS is_new FROM held
            UNION ALL
            SELECT f.n, f.key, f.counts_for_health, f.not_before, f.expires_at, a.until, a.place, true FROM first f JOIN asked a ON a.key = f.key),
        finished AS (DELETE FROM webhooks.pending WHERE n = ANY(ARRAY(SELECT n FROM told WHERE until IS NULL AND NOT is_new))),
        advanced AS (
            UPDATE webhooks.pending w SET fanned_out_to = t.until FROM told t
            WHERE w.n = t.n AND w.n = ANY(ARRAY(SELECT n FROM told WHERE until IS NOT NULL AND NOT is_new))),
        begun AS (
            INSERT INTO webhooks.pending(n, event, counts_for_health, not_before, expires_at, fanned_out_to)
            SELECT n, event, counts_for_health, not_before, expires_at, until FROM told WHERE until IS NOT NULL AND is_new),
        added AS (
            INSERT INTO webhooks.delivery(event, endpoint, bucket, lane, due_at, expires_at, counts_for_health)
            SELECT t.event, p.n, p.bucket, p.has_lane::integer, coalesce(t.not_before, webhooks.now()), t.expires_at, t.counts_for_health
            FROM unnest($4, $5) WITH ORDINALITY AS d(place, endpoint_id, number)
            JOIN told t ON t.place = d.place JOIN webhooks.endpoint p ON p.id = d.endpoint_id
            ORDER BY d.number
            RETURNING 1)
        SELECT count(*)::integer FROM added
        """;

    private const string DueColumns =
        """
        d.id, d.event, p.id, p.version, d.attempt, d.due_at, d.due_at <= webhooks.now(), coalesce(d.expires_at <= webhooks.now(), false), d.counts_for_health,
        d.set_aside
        """;

    /// <summary>
    /// Deliveries outside of lanes that are due, in the order of due time, then id. The first few of each bucket are enough as a rule; of a bucket whose
    /// few all belong to the page there may be more. Whatever waits behind them is not touched.
    /// </summary>
    public const string ReadDue =
        $"""
        WITH heads AS MATERIALIZED (
            SELECT d.* FROM unnest($1) AS wanted(bucket) CROSS JOIN LATERAL (
                SELECT * FROM webhooks.delivery d
                WHERE d.bucket = wanted.bucket AND d.lane = 0 AND d.due_at <= webhooks.now() AND (d.due_at, d.id) > ($2, $3)
                ORDER BY d.due_at, d.id LIMIT 16) d),
        page AS MATERIALIZED (SELECT * FROM heads ORDER BY due_at, id LIMIT 512),
        cut AS (SELECT bucket, max(due_at) AS due_at FROM page GROUP BY bucket HAVING count(*) = 16),
        more AS (
            SELECT d.* FROM cut CROSS JOIN LATERAL (SELECT max(id) AS id FROM page WHERE page.bucket = cut.bucket AND page.due_at = cut.due_at) last
            CROSS JOIN LATERAL (
                SELECT * FROM webhooks.delivery d
                WHERE d.bucket = cut.bucket AND d.lane = 0 AND d.due_at <= webhooks.now() AND (d.due_at, d.id) > (cut.due_at, last.id)
                ORDER BY d.due_at, d.id LIMIT 512) d),
        found AS (SELECT * FROM (SELECT * FROM page UNION ALL SELECT * FROM more) d ORDER BY due_at, id LIMIT 512)
        SELECT {DueColumns} FROM found d JOIN webhooks.endpoint p ON p.n = d.endpoint ORDER BY d.due_at, d.id
        """;

    /// <summary>
    /// Writes what came of attempts: ends deliveries or puts them off, if nobody went on with them, and writes attempts, dead letters and the health of
    /// endpoints. Set aside, a delivery stays outside of the lane. An endpoint is written only when its health changes.
    /// </summary>
    public const string Commit =
        """
        WITH outcome AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) WITH ORDINALITY AS outcome(
                id, attempt, kind, retry_in, reason, set_aside, counts_for_health, number, started_at, duration_ms, status, failure, error, place)),
        ended AS (
            DELETE FROM webhooks.delivery d USING outcome o WHERE d.id = o.id AND d.id = ANY($1) AND d.attempt = o.attempt AND o.kind <> 1
            RETURNING d.event, d.endpoint, o.*),
        put_off AS (
            UPDATE webhooks.delivery d SET attempt = d.attempt + (o.number IS NOT NULL)::integer, due_at = webhooks.now() + o.retry_in,
                set_aside = d.set_aside OR o.set_aside, lane = (NOT (d.set_aside OR o.set_aside) AND p.has_lane)::integer
            FROM outcome o, webhooks.endpoint p
            WHERE d.id = o.id AND d.id = ANY($1) AND d.attempt = o.attempt AND o.kind = 1 AND p.n = d.endpoint
            RETURNING d.event, d.endpoint, o.*),
        settled AS MATERIALIZED (SELECT * FROM ended UNION ALL SELECT * FROM put_off),
        recorded AS (
            INSERT INTO webhooks.attempt(event, delivery, endpoint, started_at, duration_ms, number, status, failure, error)
            SELECT event, id, endpoint, started_at, duration_ms, number, status, failure, error FROM settled WHERE number IS NOT NULL ORDER BY place),
        buried AS (
            INSERT INTO webhooks.dead_letter(delivery, event, endpoint, died_at, attempts, reason)
            SELECT id, event, endpoint, webhooks.now(), attempt + (number IS NOT NULL)::integer, reason FROM ended WHERE kind = 2),
        success AS (SELECT endpoint, max(place) AS place FROM settled WHERE number IS NOT NULL AND failure = 0 GROUP BY endpoint),
        tally AS (
            SELECT s.endpoint, bool_or(ok.place IS NOT NULL) AS has_success,
                (count(*) FILTER (WHERE s.failure <> 0 AND s.counts_for_health AND s.place > coalesce(ok.place, 0)))::integer AS failures
            FROM settled s LEFT JOIN success ok ON ok.endpoint = s.endpoint WHERE s.number IS NOT NULL GROUP BY s.endpoint),
        judged AS (
            UPDATE webhooks.endpoint p SET failures = t.failures + CASE WHEN t.has_success THEN 0 ELSE p.failures END,
                failing_since = CASE WHEN t.failures > 0 THEN coalesce(CASE WHEN NOT t.has_success THEN p.failing_since END, webhooks.now()) END
            FROM tally t WHERE p.n = t.endpoint AND (t.failures > 0 OR (t.has_success AND p.failures > 0))
            RETURNING p.id, p.failures, webhooks.now() - p.failing_since AS failing_for)
        SELECT NULL::text, (SELECT count(*)::integer FROM settled), NULL::interval
        UNION ALL SELECT id, failures, failing_for FROM judged WHERE failing_for IS NOT NULL
        """;
}
