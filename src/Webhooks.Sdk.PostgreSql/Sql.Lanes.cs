namespace Webhooks.Sdk.PostgreSql;

/// <content>Lanes, in which deliveries wait that others must not wait for.</content>
internal static partial class Sql
{
    /// <summary>
    /// Lanes of active endpoints: of ordered ones by id, due or not, of others what is due, in the order of due time, then id. Each from its place on, before
    /// which rows may lie that are done but cannot be cleaned up yet.
    /// </summary>
    public const string ReadInLanes =
        $"""
        SELECT {DueColumns} FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS asked(endpoint_id, due_at, id, most, place)
        JOIN webhooks.endpoint p ON p.id = asked.endpoint_id AND p.state = 0
        CROSS JOIN LATERAL (
            (SELECT * FROM webhooks.delivery d WHERE p.ordered AND d.endpoint = p.n AND d.lane = 1 AND d.id > asked.id ORDER BY d.id LIMIT asked.most)
            UNION ALL
            (SELECT * FROM webhooks.delivery d
            WHERE NOT p.ordered AND d.endpoint = p.n AND d.lane = 1 AND d.due_at <= webhooks.now() AND (d.due_at, d.id) > (asked.due_at, asked.id)
            ORDER BY d.due_at, d.id LIMIT asked.most)) d
        ORDER BY asked.place, CASE WHEN NOT p.ordered THEN d.due_at END, d.id
        """;

    /// <summary>
    /// The endpoints with something in their lane: the index is searched from one to the next, whatever the number of deliveries between them. The first row
    /// has the greatest id of any delivery, or the one that is known to have been there, and nothing else.
    /// </summary>
    public const string ReadLanes =
        """
        WITH RECURSIVE waiting(endpoint, id, due_at) AS (
            (SELECT d.endpoint, d.id, d.due_at FROM webhooks.delivery d WHERE d.lane = 1 ORDER BY d.endpoint, d.id LIMIT 1)
            UNION ALL
            SELECT d.endpoint, d.id, d.due_at FROM waiting CROSS JOIN LATERAL (
                SELECT * FROM webhooks.delivery d WHERE d.lane = 1 AND d.endpoint > waiting.endpoint ORDER BY d.endpoint, d.id LIMIT 1) d)
        SELECT NULL, NULL, NULL, NULL, NULL, coalesce((SELECT d.id FROM webhooks.delivery d WHERE d.id > $2 ORDER BY d.id DESC LIMIT 1), $2)
        UNION ALL
        SELECT p.id, p.bucket, p.ordered, first.due_at <= webhooks.now(), first.due_at, first.id
        FROM waiting JOIN webhooks.endpoint p ON p.n = waiting.endpoint
        CROSS JOIN LATERAL (
            SELECT waiting.due_at, waiting.id WHERE p.ordered
            UNION ALL
            (SELECT d.due_at, d.id FROM webhooks.delivery d WHERE NOT p.ordered AND d.lane = 1 AND d.endpoint = p.n ORDER BY d.due_at, d.id LIMIT 1)) first
        WHERE p.state = 0 AND p.bucket = ANY($1)
        """;

    /// <summary>The endpoints to whose lane something came since, and before what: only what is new is read.</summary>
    public const string ReadNewLanes =
        """
        WITH new AS MATERIALIZED (SELECT d.id, d.endpoint, d.due_at, d.lane FROM webhooks.delivery d WHERE d.id > $2)
        SELECT NULL, NULL, NULL, NULL, NULL, coalesce((SELECT max(id) FROM new), $2)
        UNION ALL
        SELECT p.id, p.bucket, p.ordered, true, first.due_at, first.id
        FROM (SELECT endpoint, min(due_at) AS due_at, min(id) AS id FROM new WHERE lane = 1 GROUP BY endpoint) first
        JOIN webhooks.endpoint p ON p.n = first.endpoint
        WHERE p.state = 0 AND p.bucket = ANY($1)
        """;

    /// <summary>Gives an endpoint a lane, its version rising only with a change, and moves deliveries there.</summary>
    public const string MoveToLane =
        """
        WITH lane AS (UPDATE webhooks.endpoint SET has_lane = true, version = version + 1 WHERE id = $1 AND NOT has_lane)
        UPDATE webhooks.delivery d SET lane = 1 FROM webhooks.endpoint p WHERE p.id = $1 AND d.id = ANY($2) AND d.lane = 0 AND d.endpoint = p.n
        """;

    /// <summary>Takes the lane from an endpoint, if nothing is in it and its order does not need it.</summary>
    public const string LeaveLane =
        """
        UPDATE webhooks.endpoint p SET has_lane = false, version = version + 1 WHERE p.id = $1 AND p.has_lane AND NOT p.ordered
            AND NOT EXISTS(SELECT FROM webhooks.delivery d WHERE d.lane = 1 AND d.endpoint = p.n)
        """;

    public const string HasLane = "SELECT has_lane FROM webhooks.endpoint WHERE id = $1";
}
