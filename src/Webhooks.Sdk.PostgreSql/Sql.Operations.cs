namespace Webhooks.Sdk.PostgreSql;

/// <content>Endpoints, and what people ask.</content>
internal static partial class Sql
{
    private const string EndpointColumns =
        """
        id, owner, event_types, filter, sealed_settings, ordered, has_lane, state, state_cause, failures, failing_since, version, created_at
        """;

    public const string ReadEndpoints = $"SELECT {EndpointColumns} FROM webhooks.endpoint WHERE id = ANY($1)";

    public const string ReadEndpointOfOwner = $"SELECT {EndpointColumns} FROM webhooks.endpoint WHERE id = $1 AND owner = $2";

    /// <summary>Adds an endpoint with its subscriptions, unless there is one of the id.</summary>
    public const string InsertEndpoint =
        """
        WITH added AS (
            INSERT INTO webhooks.endpoint(id, owner, bucket, ordered, has_lane, state, state_cause, event_types, filter, sealed_settings, version)
            VALUES($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, 1 + (SELECT version FROM webhooks.removed)) ON CONFLICT(id) DO NOTHING RETURNING id, owner, event_types),
        subscribed AS (
            INSERT INTO webhooks.subscription(pattern, endpoint_id, owner) SELECT DISTINCT unnest(event_types), id, owner FROM added)
        SELECT count(*)::integer FROM added
        """;

    /// <summary>Sets the order of an endpoint that is there; its version rises only with a change.</summary>
    public const string SetOrdered =
        "UPDATE webhooks.endpoint SET ordered = $2, has_lane = has_lane OR $2, version = version + 1 WHERE id = $1 AND ordered <> $2";

    /// <summary>Replaces what a user sets, if the row is the one that was read.</summary>
    public const string ReplaceEndpoint =
        """
        WITH replaced AS (
            UPDATE webhooks.endpoint SET owner = $2, ordered = $3, has_lane = has_lane OR $3, event_types = $4, filter = $5, sealed_settings = $6,
                version = version + 1
            WHERE id = $1 AND version = $7 RETURNING id, owner, event_types),
        dropped AS (
            DELETE FROM webhooks.subscription s USING replaced r WHERE s.endpoint_id = r.id AND s.pattern <> ALL(r.event_types)),
        subscribed AS (
            INSERT INTO webhooks.subscription(pattern, endpoint_id, owner) SELECT DISTINCT unnest(event_types), id, owner FROM replaced
            ON CONFLICT(pattern, endpoint_id) DO UPDATE SET owner = excluded.owner)
        SELECT count(*)::integer FROM replaced
        """;

    /// <summary>Sets a state that is another one than before; active, an endpoint begins anew.</summary>
    public const string SetState =
        """
        UPDATE webhooks.endpoint SET state = $2, state_cause = $3, version = version + 1,
            failures = CASE $2 WHEN 0 THEN 0 ELSE failures END, failing_since = CASE $2 WHEN 0 THEN NULL ELSE failing_since END
        WHERE id = $1 AND state <> $2
        """;

    /// <summary>
    /// Who wants events, query after query: each pattern is read in the order of ids and no further than the limit, and no query after the page is full.
    /// Disabled ones are left out. $4: where the first query goes on.
    /// </summary>
    public const string ReadSubscribers =
        """
        SELECT q.place::integer, s.endpoint_id, s.filter
        FROM unnest($1, $2, $3) WITH ORDINALITY AS q(owner, after, patterns, place)
        CROSS JOIN LATERAL (
            SELECT DISTINCT ON (found.endpoint_id) found.endpoint_id, found.filter
            FROM unnest(string_to_array(q.patterns, E'\n')) AS wanted(pattern) CROSS JOIN LATERAL (
                (SELECT s.endpoint_id, p.filter FROM webhooks.subscription s JOIN webhooks.endpoint p ON p.id = s.endpoint_id
                WHERE q.owner IS NULL AND s.pattern = wanted.pattern AND p.state <> 2
                    AND s.endpoint_id > CASE q.place WHEN 1 THEN greatest(q.after COLLATE "C", $4) ELSE q.after END
                ORDER BY s.endpoint_id LIMIT 512)
                UNION ALL
                (SELECT s.endpoint_id, p.filter FROM webhooks.subscription s JOIN webhooks.endpoint p ON p.id = s.endpoint_id
                WHERE s.owner = q.owner AND s.pattern = wanted.pattern AND p.state <> 2
                    AND s.endpoint_id > CASE q.place WHEN 1 THEN greatest(q.after COLLATE "C", $4) ELSE q.after END
                ORDER BY s.endpoint_id LIMIT 512)) found
            ORDER BY found.endpoint_id LIMIT 512) s
        ORDER BY q.place, s.endpoint_id LIMIT 512
        """;

    /// <summary>Removes endpoints first, so that fan-out adds no more to them.</summary>
    public const string DeleteEndpoints =
        """
        WITH gone AS (DELETE FROM webhooks.endpoint WHERE id = ANY($1) RETURNING id, n, version),
        remembered AS (UPDATE webhooks.removed r SET version = last.version FROM (SELECT max(version) AS version FROM gone) last WHERE last.version > r.version),
        unsubscribed AS (DELETE FROM webhooks.subscription s USING gone WHERE s.endpoint_id = gone.id)
        SELECT n FROM gone
        """;

    public const string DeleteEndpointOfOwner =
        """
        WITH gone AS (DELETE FROM webhooks.endpoint WHERE id = ANY($1) AND owner = $2 RETURNING id, n, version),
        remembered AS (UPDATE webhooks.removed r SET version = last.version FROM (SELECT max(version) AS version FROM gone) last WHERE last.version > r.version),
        unsubscribed AS (DELETE FROM webhooks.subscription s USING gone WHERE s.endpoint_id = gone.id)
        SELECT n FROM gone
        """;

    /// <summary>Then what waits, found by the endpoints' buckets, was given up or was attempted.</summary>
    public const string DeleteOfEndpoints =
        """
        WITH waiting AS (DELETE FROM webhooks.delivery WHERE endpoint = ANY($1) AND bucket = ANY($2)),
        dead AS (DELETE FROM webhooks.dead_letter WHERE endpoint = ANY($1))
        DELETE FROM webhooks.attempt WHERE endpoint = ANY($1)
        """;

    public const string ListEndpoints = $"SELECT {EndpointColumns} FROM webhooks.endpoint WHERE id > $1 ORDER BY id LIMIT 512";

    public const string ListEndpointsOfOwner =
        $"SELECT {EndpointColumns} FROM webhooks.endpoint WHERE owner = $2 AND id > $1 ORDER BY id LIMIT 512";

    /// <summary>Deliveries that wait; a question's conditions follow.</summary>
    public const string SelectWaiting =
        """
        SELECT d.id, e.key, e.id, e.type, e.owner, p.id, d.attempt, d.due_at, 0::smallint, d.lane = 1
        FROM webhooks.delivery d JOIN webhooks.event e ON e.key = d.event JOIN webhooks.endpoint p ON p.n = d.endpoint AND p.bucket = d.bucket
        WHERE d.id > $1
        """;

    public const string SelectDeadLetters =
        """
        SELECT d.delivery, e.key, e.id, e.type, e.owner, p.id, d.attempts, d.died_at, d.reason, false
        FROM webhooks.dead_letter d JOIN webhooks.event e ON e.key = d.event JOIN webhooks.endpoint p ON p.n = d.endpoint WHERE d.delivery > $1
        """;

    public const string SelectAttempts =
        """
        SELECT d.n, d.delivery, e.key, e.id, p.id, d.number, d.started_at, d.duration_ms, d.status, d.failure, d.error
        FROM webhooks.attempt d JOIN webhooks.event e ON e.key = d.event JOIN webhooks.endpoint p ON p.n = d.endpoint WHERE d.n > $1
        """;

    /// <summary>
    /// Delivers again: what waits becomes due; what was given up or has finished, any of its attempts telling what it was, becomes a new delivery that counts
    /// no failure, if its event is still stored.
    /// </summary>
    public const string Replay =
        """
        WITH hastened AS (UPDATE webhooks.delivery SET due_at = webhooks.now() + random() * $2 WHERE id = ANY($1) RETURNING id),
        raised AS (DELETE FROM webhooks.dead_letter WHERE delivery = ANY($1) RETURNING delivery, event, endpoint),
        finished AS (
            SELECT DISTINCT ON (a.delivery) a.delivery, a.event, a.endpoint FROM webhooks.attempt a
            WHERE a.delivery = ANY($1) AND NOT EXISTS(SELECT FROM webhooks.delivery d WHERE d.id = a.delivery)
                AND NOT EXISTS(SELECT FROM raised WHERE raised.delivery = a.delivery)),
        again AS (
            SELECT r.event, r.endpoint, e.expires_at, r.delivery FROM (SELECT * FROM raised UNION ALL SELECT * FROM finished) r
            JOIN webhooks.event e ON e.key = r.event FOR KEY SHARE OF e),
        added AS (
            INSERT INTO webhooks.delivery(event, endpoint, bucket, lane, due_at, expires_at, counts_for_health)
            SELECT a.event, p.n, p.bucket, p.has_lane::integer, webhooks.now() + random() * $2, a.expires_at, false
            FROM again a JOIN webhooks.endpoint p ON p.n = a.endpoint ORDER BY array_position($1, a.delivery)
            RETURNING 1)
        SELECT ((SELECT count(*) FROM hastened) + (SELECT count(*) FROM added))::integer
        """;

    public const string FindEventsOfOwner =
        "SELECT key FROM webhooks.event WHERE owner = $1 UNION ALL SELECT key FROM webhooks.outbox WHERE owner = $1 LIMIT 512";

    public const string FindEventsOfSubject =
        "SELECT key FROM webhooks.event WHERE subject = $1 UNION ALL SELECT key FROM webhooks.outbox WHERE subject = $1 LIMIT 512";

    public const string FindEventsOfOwnerAndSubject =
        "SELECT key FROM webhooks.event WHERE subject = $1 AND owner = $2 UNION ALL SELECT key FROM webhooks.outbox WHERE subject = $1 AND owner = $2 LIMIT 512";

    /// <summary>Deletes first what waits for fan-out: whoever is at it has ended then.</summary>
    public const string DeletePending =
        """
        WITH published AS (DELETE FROM webhooks.outbox WHERE key = ANY($1))
        DELETE FROM webhooks.pending WHERE event = ANY($1)
        """;

    /// <summary>Then the events: whoever replays them has ended then.</summary>
    public const string DeleteEvents = "DELETE FROM webhooks.event WHERE key = ANY($1)";

    /// <summary>Then all that came of them.</summary>
    public const string DeleteOfEvents =
        """
        WITH waiting AS (DELETE FROM webhooks.delivery WHERE event = ANY($1)),
        dead AS (DELETE FROM webhooks.dead_letter WHERE event = ANY($1)),
        claimed AS (DELETE FROM webhooks.idempotency WHERE event = ANY($1))
        DELETE FROM webhooks.attempt WHERE event = ANY($1)
        """;

    /// <summary>Deletes events that are done and old, one by one: of partitions that cannot be dropped yet. Those with dead letters stay longer.</summary>
    public const string Purge =
        """
        WITH old AS MATERIALIZED (
            SELECT e.key FROM webhooks.event e
            WHERE e.created_at <= webhooks.now() - least($1, $2)
                AND NOT EXISTS(SELECT FROM webhooks.pending w WHERE w.event = e.key) AND NOT EXISTS(SELECT FROM webhooks.delivery d WHERE d.event = e.key)
                AND e.created_at <= webhooks.now() - CASE WHEN EXISTS(SELECT FROM webhooks.dead_letter l WHERE l.event = e.key) THEN $2 ELSE $1 END
            LIMIT 512 FOR UPDATE SKIP LOCKED),
        attempted AS (DELETE FROM webhooks.attempt WHERE event = ANY(ARRAY(SELECT key FROM old))),
        dead AS (DELETE FROM webhooks.dead_letter WHERE event = ANY(ARRAY(SELECT key FROM old))),
        claimed AS (DELETE FROM webhooks.idempotency WHERE event = ANY(ARRAY(SELECT key FROM old)))
        DELETE FROM webhooks.event WHERE key = ANY(ARRAY(SELECT key FROM old))
        """;

    public const string Statistics =
        """
        SELECT (SELECT count(*) FROM webhooks.event) + published.n, (SELECT count(*) FROM webhooks.pending) + published.n, (SELECT count(*) FROM webhooks.delivery),
            (SELECT count(*) FROM webhooks.delivery WHERE lane = 1), (SELECT count(*) FROM webhooks.dead_letter), (SELECT count(*) FROM webhooks.attempt),
            (SELECT count(*) FROM webhooks.endpoint), (SELECT webhooks.now() - min(due_at) FROM webhooks.delivery WHERE lane = 0)
        FROM (SELECT count(*) AS n FROM webhooks.outbox) published
        """;
}
