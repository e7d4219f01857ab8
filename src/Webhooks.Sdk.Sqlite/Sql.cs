namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// Every statement of the store, each with what it is for. The time is read from <c>webhooks_now()</c> and nowhere else.
/// </summary>
/// <remarks>
/// A limit is never a bare parameter: SQLite plans by its value, and so prepares the statement again whenever it is bound, at several times the cost of
/// running it.
/// </remarks>
internal static partial class Sql
{
    public const string Begin = "BEGIN IMMEDIATE";
    public const string Commit = "COMMIT";
    public const string Rollback = "ROLLBACK";

    /// <summary>Another number than before: another connection has committed.</summary>
    public const string DataVersion = "PRAGMA data_version";

    /// <summary>How many pages could be given back to the file system.</summary>
    public const string FreePages = "SELECT freelist_count FROM pragma_freelist_count, pragma_auto_vacuum WHERE auto_vacuum = 2";

    /// <summary>Gives a slice of free pages back.</summary>
    public const string GivePagesBack = "PRAGMA incremental_vacuum(512)";

    /// <summary>Keeps a value unless there is one of the name.</summary>
    public const string Keep = "INSERT INTO webhooks_kept(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO NOTHING";

    public const string ReadKept = "SELECT value FROM webhooks_kept WHERE name = ?1";

    /// <summary>Takes the lease when nobody holds it any more.</summary>
    public const string Acquire =
        """
        UPDATE webhooks_lease SET holder = ?1, epoch = epoch + 1, expires_at = webhooks_now() + ?2
        WHERE holder IS NULL OR expires_at <= webhooks_now() RETURNING epoch
        """;

    /// <summary>Prolongs the lease of its holder, unless it has run out.</summary>
    public const string Renew =
        "UPDATE webhooks_lease SET expires_at = webhooks_now() + ?2 WHERE holder = ?1 AND expires_at > webhooks_now() RETURNING epoch";

    public const string Release = "UPDATE webhooks_lease SET holder = NULL WHERE holder = ?1";

    /// <summary>Stores an event, unless its key is there. The only statement of a publish.</summary>
    public const string InsertEvent =
        """
        INSERT INTO webhooks_event(
            uuid, created_at, not_before, expires_at, counts_for_health, timestamp, id, owner, type, subject, source, endpoint_id, idempotency_key,
            trace_parent, data, sealed_request)
        VALUES(?1, webhooks_now(), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        ON CONFLICT DO NOTHING
        """;

    private const string EventColumns =
        """
        uuid, not_before, expires_at, counts_for_health, timestamp, id, owner, type, subject, source, endpoint_id, idempotency_key, trace_parent, data,
        sealed_request
        """;

    /// <summary>The event that came first with an owner's key.</summary>
    public const string ReadEventByKey =
        $"SELECT {EventColumns} FROM webhooks_event WHERE idempotency_key = ?1 AND owner_or_nobody = coalesce(?2, 0)";

    public const string ReadEvent = $"SELECT {EventColumns} FROM webhooks_event WHERE uuid = ?1";

    /// <summary>Events to fan out, in the order in which they were stored.</summary>
    public const string ReadPending =
        $"""
        SELECT {EventColumns}, CASE WHEN n = partly THEN partly_to END
        FROM webhooks_fan_out f CROSS JOIN webhooks_event e ON e.n > f.done WHERE f.one = 1 ORDER BY e.n LIMIT ?1 + 0
        """;

    public const string ReadFanOut = "SELECT done, partly, partly_to, last_delivery FROM webhooks_fan_out WHERE one = 1";
    public const string NoteFanOut = "UPDATE webhooks_fan_out SET done = ?1, partly = ?2, partly_to = ?3, last_delivery = ?4 WHERE one = 1";

    /// <summary>The first event after one.</summary>
    public const string ReadNext = "SELECT n, uuid, not_before, counts_for_health FROM webhooks_event WHERE n > ?1 ORDER BY n LIMIT 1";

    /// <summary>Adds a delivery, in the lane of its endpoint if there is one.</summary>
    public const string InsertDelivery =
        """
        INSERT INTO webhooks_delivery(id, event, endpoint, bucket, lane, attempt, due_at, counts_for_health, set_aside)
        SELECT ?1, ?2, n, bucket, has_lane, 0, coalesce(?3, webhooks_now()), ?4, 0 FROM webhooks_endpoint WHERE id = ?5
        """;

    private const string DueColumns =
        """
        d.id, e.uuid, p.id, p.version, d.attempt, d.due_at, d.due_at <= (SELECT webhooks_now()),
        coalesce(e.expires_at <= (SELECT webhooks_now()), 0), d.counts_for_health, d.set_aside
        """;

    private const string DueSources = "CROSS JOIN webhooks_event e ON e.n = d.event CROSS JOIN webhooks_endpoint p ON p.n = d.endpoint";

    private const string Due = "d.due_at <= (SELECT webhooks_now())";

    /// <summary>
    /// Deliveries outside of lanes that are due, in the order of due time, then id. One process holds all buckets, so the index need not begin with them;
    /// ?2 is a text of a 1 for each bucket that is wanted and a 0 for each other.
    /// </summary>
    public const string ReadDue =
        $"""
        SELECT {DueColumns} FROM webhooks_delivery d INDEXED BY webhooks_delivery_due {DueSources}
        WHERE d.lane = 0 AND d.due_at > ?1 AND {Due} AND substr(?2, d.bucket + 1, 1) = '1' ORDER BY d.due_at, d.id LIMIT ?3 + 0
        """;

    /// <summary>
    /// The rest of those that became due at one moment: by a row value, SQLite would look at all of them again, and a large fan-out makes many.
    /// </summary>
    public const string ReadDueAtOnce =
        $"""
        SELECT {DueColumns} FROM webhooks_delivery d INDEXED BY webhooks_delivery_due {DueSources}
        WHERE d.lane = 0 AND d.due_at = ?1 AND {Due} AND substr(?2, d.bucket + 1, 1) = '1' AND d.id > ?4 ORDER BY d.id LIMIT ?3 + 0
        """;

    /// <summary>The lane of one endpoint, likewise.</summary>
    public const string ReadLane =
        $"""
        SELECT {DueColumns} FROM webhooks_delivery d INDEXED BY webhooks_delivery_lane {DueSources}
        WHERE d.lane = 1 AND d.endpoint = ?2 AND d.due_at > ?1 AND {Due} ORDER BY d.due_at, d.id LIMIT ?3 + 0
        """;

    public const string ReadLaneAtOnce =
        $"""
        SELECT {DueColumns} FROM webhooks_delivery d INDEXED BY webhooks_delivery_lane {DueSources}
        WHERE d.lane = 1 AND d.endpoint = ?2 AND d.due_at = ?1 AND {Due} AND d.id > ?4 ORDER BY d.id LIMIT ?3 + 0
        """;

    /// <summary>The lane of an ordered endpoint: by id, due or not.</summary>
    public const string ReadOrderedLane =
        $"""
        SELECT {DueColumns} FROM webhooks_delivery d INDEXED BY webhooks_delivery_endpoint {DueSources}
        WHERE d.lane = 1 AND d.endpoint = ?1 AND d.id > ?2 ORDER BY d.id LIMIT ?3 + 0
        """;

    /// <summary>
    /// The endpoints with something in their lane: the index is searched from one to the next, whatever the number of deliveries between them.
    /// </summary>
    public const string ReadLanes =
        """
        WITH RECURSIVE waiting(endpoint) AS (
            SELECT min(endpoint) FROM webhooks_delivery INDEXED BY webhooks_delivery_lane WHERE lane = 1
            UNION ALL
            SELECT (SELECT d.endpoint FROM webhooks_delivery d INDEXED BY webhooks_delivery_lane
                WHERE d.lane = 1 AND d.endpoint > waiting.endpoint ORDER BY d.endpoint LIMIT 1)
            FROM waiting WHERE waiting.endpoint IS NOT NULL)
        SELECT p.id, p.bucket, p.ordered,
            CASE p.ordered
                WHEN 1 THEN (SELECT d.due_at FROM webhooks_delivery d INDEXED BY webhooks_delivery_endpoint
                    WHERE d.lane = 1 AND d.endpoint = p.n ORDER BY d.id LIMIT 1)
                ELSE (SELECT min(d.due_at) FROM webhooks_delivery d INDEXED BY webhooks_delivery_lane WHERE d.lane = 1 AND d.endpoint = p.n)
            END <= (SELECT webhooks_now())
        FROM waiting CROSS JOIN webhooks_endpoint p ON p.n = waiting.endpoint
        WHERE p.state = 0 AND substr(?1, p.bucket + 1, 1) = '1'
        """;

    /// <summary>Gives an endpoint a lane; its version rises only with a change.</summary>
    public const string AddLane = "UPDATE webhooks_endpoint SET has_lane = 1, version = version + 1 WHERE id = ?1 AND has_lane = 0";

    public const string MoveToLane =
        "UPDATE webhooks_delivery SET lane = 1 WHERE id = ?1 AND lane = 0 AND endpoint = (SELECT n FROM webhooks_endpoint WHERE id = ?2)";

    /// <summary>Takes the lane from an endpoint, if nothing is in it and its order does not need it.</summary>
    public const string LeaveLane =
        """
        UPDATE webhooks_endpoint SET has_lane = 0, version = version + 1 WHERE id = ?1 AND has_lane = 1 AND ordered = 0
            AND NOT EXISTS(SELECT 1 FROM webhooks_delivery INDEXED BY webhooks_delivery_lane WHERE lane = 1 AND endpoint = webhooks_endpoint.n)
        """;

    public const string HasLane = "SELECT has_lane FROM webhooks_endpoint WHERE id = ?1";

    /// <summary>Ends a delivery, if nobody went on with it.</summary>
    public const string DeleteDelivery = "DELETE FROM webhooks_delivery WHERE id = ?1 AND attempt = ?2 RETURNING event, endpoint";

    /// <summary>Puts a delivery off, if nobody went on with it. Set aside, it stays outside of the lane.</summary>
    public const string PutOffDelivery =
        """
        UPDATE webhooks_delivery SET attempt = attempt + ?3, due_at = webhooks_now() + ?4, set_aside = set_aside | ?5,
            lane = CASE WHEN set_aside | ?5 THEN 0 ELSE (SELECT has_lane FROM webhooks_endpoint WHERE n = endpoint) END
        WHERE id = ?1 AND attempt = ?2 RETURNING event, endpoint
        """;

    public const string InsertAttempt =
        """
        INSERT INTO webhooks_attempt(delivery, event, endpoint, number, started_at, duration, status, failure, error)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    public const string InsertDeadLetter =
        "INSERT INTO webhooks_dead_letter(delivery, event, endpoint, reason, attempts, died_at) VALUES(?1, ?2, ?3, ?4, ?5, webhooks_now())";

    /// <summary>An endpoint that answered well begins anew.</summary>
    public const string ForgetFailures = "UPDATE webhooks_endpoint SET failures = 0, failing_since = NULL WHERE n = ?1 AND failures > 0";

    public const string CountFailures =
        """
        UPDATE webhooks_endpoint SET failures = failures + ?2, failing_since = coalesce(failing_since, webhooks_now()) WHERE n = ?1
        RETURNING id, failures, webhooks_now() - failing_since
        """;
}
