namespace Webhooks.Sdk.Sqlite;

/// <content>Endpoints, and what people ask.</content>
internal static partial class Sql
{
    private const string EndpointColumns =
        """
        id, owner, event_types, filter, sealed_settings, ordered, has_lane, state, state_cause, failures, failing_since, version, created_at
        """;

    public const string ReadEndpoint = $"SELECT {EndpointColumns} FROM webhooks_endpoint WHERE id = ?1";

    public const string ReadEndpointOfOwner = $"SELECT {EndpointColumns} FROM webhooks_endpoint WHERE id = ?1 AND owner = ?2";

    public const string ReadActiveEndpoint = "SELECT n, ordered FROM webhooks_endpoint WHERE id = ?1 AND state = 0";

    public const string InsertEndpoint =
        """
        INSERT INTO webhooks_endpoint(id, owner, bucket, ordered, has_lane, state, state_cause, created_at, event_types, filter, sealed_settings, version)
        VALUES(?1, ?2, ?3, ?4, ?4, ?5, ?6, webhooks_now(), ?7, ?8, ?9, 1 + (SELECT version FROM webhooks_removed WHERE one = 1)) ON CONFLICT(id) DO NOTHING
        """;

    /// <summary>Sets the order of an endpoint that is there; its version rises only with a change.</summary>
    public const string SetOrdered =
        "UPDATE webhooks_endpoint SET ordered = ?2, has_lane = has_lane | ?2, version = version + 1 WHERE id = ?1 AND ordered <> ?2";

    /// <summary>Replaces what a user sets, if the row is the one that was read.</summary>
    public const string ReplaceEndpoint =
        """
        UPDATE webhooks_endpoint SET owner = ?2, ordered = ?3, has_lane = has_lane | ?3, event_types = ?4, filter = ?5, sealed_settings = ?6,
            version = version + 1
        WHERE id = ?1 AND version = ?7
        """;

    /// <summary>Sets a state that is another one than before; active, an endpoint begins anew.</summary>
    public const string SetState =
        """
        UPDATE webhooks_endpoint SET state = ?2, state_cause = ?3, version = version + 1,
            failures = CASE ?2 WHEN 0 THEN 0 ELSE failures END, failing_since = CASE ?2 WHEN 0 THEN NULL ELSE failing_since END
        WHERE id = ?1 AND state <> ?2
        """;

    public const string InsertSubscription =
        "INSERT INTO webhooks_subscription(pattern, endpoint_id, owner) VALUES(?1, ?2, ?3) ON CONFLICT(pattern, endpoint_id) DO NOTHING";

    public const string DeleteSubscriptions = "DELETE FROM webhooks_subscription WHERE endpoint_id = ?1";

    /// <summary>Who wants a pattern, of whatever owner: not those that are disabled.</summary>
    public const string ReadSubscribers =
        """
        SELECT s.endpoint_id, p.filter FROM webhooks_subscription s CROSS JOIN webhooks_endpoint p ON p.id = s.endpoint_id
        WHERE s.pattern = ?1 AND s.endpoint_id > ?2 AND p.state <> 2 ORDER BY s.endpoint_id LIMIT ?3 + 0
        """;

    public const string ReadSubscribersOfOwner =
        """
        SELECT s.endpoint_id, p.filter FROM webhooks_subscription s INDEXED BY webhooks_subscription_owner
            CROSS JOIN webhooks_endpoint p ON p.id = s.endpoint_id
        WHERE s.owner = ?4 AND s.pattern = ?1 AND s.endpoint_id > ?2 AND p.state <> 2 ORDER BY s.endpoint_id LIMIT ?3 + 0
        """;

    public const string DeleteEndpoint = "DELETE FROM webhooks_endpoint WHERE id = ?1 RETURNING n";
    public const string DeleteEndpointOfOwner = "DELETE FROM webhooks_endpoint WHERE id = ?1 AND owner = ?2 RETURNING n";
    public const string DeleteDeliveriesOfEndpoint = "DELETE FROM webhooks_delivery WHERE endpoint = ?1";
    public const string DeleteDeadLettersOfEndpoint = "DELETE FROM webhooks_dead_letter WHERE endpoint = ?1";
    public const string DeleteAttemptsOfEndpoint = "DELETE FROM webhooks_attempt WHERE endpoint = ?1";

    public const string ListEndpoints = $"SELECT {EndpointColumns} FROM webhooks_endpoint WHERE id > ?1 ORDER BY id LIMIT ?2 + 0";

    public const string ListEndpointsOfOwner =
        $"SELECT {EndpointColumns} FROM webhooks_endpoint INDEXED BY webhooks_endpoint_owner WHERE owner = ?3 AND id > ?1 ORDER BY id LIMIT ?2 + 0";

    /// <summary>Deliveries that wait; a question's conditions follow.</summary>
    public const string SelectWaiting =
        """
        SELECT d.id, e.uuid, e.id, e.type, e.owner, p.id, d.attempt, d.due_at, 0, d.lane
        FROM webhooks_delivery d JOIN webhooks_event e ON e.n = d.event JOIN webhooks_endpoint p ON p.n = d.endpoint WHERE d.id > ?1
        """;

    public const string SelectDeadLetters =
        """
        SELECT d.delivery, e.uuid, e.id, e.type, e.owner, p.id, d.attempts, d.died_at, d.reason, 0
        FROM webhooks_dead_letter d JOIN webhooks_event e ON e.n = d.event JOIN webhooks_endpoint p ON p.n = d.endpoint WHERE d.delivery > ?1
        """;

    public const string SelectAttempts =
        """
        SELECT d.n, d.delivery, e.uuid, e.id, p.id, d.number, d.started_at, d.duration, d.status, d.failure, d.error
        FROM webhooks_attempt d JOIN webhooks_event e ON e.n = d.event JOIN webhooks_endpoint p ON p.n = d.endpoint WHERE d.n > ?1
        """;

    /// <summary>A waiting delivery becomes due.</summary>
    public const string HastenDelivery = "UPDATE webhooks_delivery SET due_at = webhooks_now() + ?2 WHERE id = ?1";

    public const string DeleteDeadLetter = "DELETE FROM webhooks_dead_letter WHERE delivery = ?1 RETURNING event, endpoint";

    /// <summary>What a finished delivery was: any of its attempts tells.</summary>
    public const string ReadFinished = "SELECT event, endpoint FROM webhooks_attempt WHERE delivery = ?1 LIMIT 1";

    /// <summary>Delivers once more what is still stored, and counts no failure against the endpoint.</summary>
    public const string InsertReplay =
        """
        INSERT INTO webhooks_delivery(id, event, endpoint, bucket, lane, attempt, due_at, counts_for_health, set_aside)
        SELECT (SELECT last_delivery + 1 FROM webhooks_fan_out WHERE one = 1), e.n, p.n, p.bucket, p.has_lane, 0, webhooks_now() + ?3, 0, 0
        FROM webhooks_event e CROSS JOIN webhooks_endpoint p WHERE e.n = ?1 AND p.n = ?2
        """;

    public const string CountReplay = "UPDATE webhooks_fan_out SET last_delivery = last_delivery + 1 WHERE one = 1";

    public const string FindEventsOfOwner = "SELECT n FROM webhooks_event INDEXED BY webhooks_event_owner WHERE owner = ?1 LIMIT ?2 + 0";
    public const string FindEventsOfSubject = "SELECT n FROM webhooks_event INDEXED BY webhooks_event_subject WHERE subject = ?1 LIMIT ?2 + 0";

    public const string FindEventsOfOwnerAndSubject =
        "SELECT n FROM webhooks_event INDEXED BY webhooks_event_subject WHERE subject = ?1 AND owner = ?3 LIMIT ?2 + 0";

    /// <summary>Events that are done and old; those with dead letters stay longer.</summary>
    public const string FindOldEvents =
        """
        SELECT n FROM webhooks_event e INDEXED BY webhooks_event_age
        WHERE created_at <= (SELECT webhooks_now()) - min(?1, ?2) AND n <= (SELECT done FROM webhooks_fan_out WHERE one = 1)
            AND NOT EXISTS(SELECT 1 FROM webhooks_delivery d WHERE d.event = e.n)
            AND created_at <= (SELECT webhooks_now())
                - CASE WHEN EXISTS(SELECT 1 FROM webhooks_dead_letter l WHERE l.event = e.n) THEN ?2 ELSE ?1 END
        ORDER BY created_at LIMIT ?3 + 0
        """;

    /// <summary>Deletes an event that was found, unless a replay gave it something to do since.</summary>
    public const string DeleteOldEvent = "DELETE FROM webhooks_event WHERE n = ?1 AND NOT EXISTS(SELECT 1 FROM webhooks_delivery d WHERE d.event = ?1)";

    public const string DeleteEvent = "DELETE FROM webhooks_event WHERE n = ?1";
    public const string DeleteDeliveriesOfEvent = "DELETE FROM webhooks_delivery WHERE event = ?1";
    public const string DeleteDeadLettersOfEvent = "DELETE FROM webhooks_dead_letter WHERE event = ?1";
    public const string DeleteAttemptsOfEvent = "DELETE FROM webhooks_attempt WHERE event = ?1";

    public const string Statistics =
        """
        SELECT (SELECT count(*) FROM webhooks_event),
            (SELECT count(*) FROM webhooks_fan_out f CROSS JOIN webhooks_event e ON e.n > f.done WHERE f.one = 1),
            (SELECT count(*) FROM webhooks_delivery),
            (SELECT count(*) FROM webhooks_delivery WHERE lane = 1), (SELECT count(*) FROM webhooks_dead_letter), (SELECT count(*) FROM webhooks_attempt),
            (SELECT count(*) FROM webhooks_endpoint),
            (SELECT (SELECT webhooks_now()) - min(due_at) FROM webhooks_delivery WHERE lane = 0)
        """;
}
