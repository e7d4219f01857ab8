namespace Webhooks.Sdk.PostgreSql;

/// <content>The tables.</content>
internal static partial class Sql
{
    /// <summary>One node at a time changes the schema; the lock ends with the transaction, which a pooler in transaction mode keeps whole.</summary>
    public const string LockSchema = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

    /// <summary>
    /// Changing a table waits for the transactions that use it, and everybody else who publishes waits behind: not for long, but rather again later.
    /// </summary>
    public const string WaitBriefly = "SET LOCAL lock_timeout = '250ms'";

    /// <summary>
    /// What is there: the server's version, the schema, and the table of versions. Asked of the tables of the catalog, not of to_regclass and the like, which
    /// may remember that there was nothing.
    /// </summary>
    public const string LookAtSchema =
        """
        SELECT current_setting('server_version_num')::integer, EXISTS(SELECT FROM pg_namespace WHERE nspname = $1),
            EXISTS(SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = 'version')
        """;

    public const string ReadVersion = "SELECT major, minor FROM webhooks.version";

    public const string SetVersion = "UPDATE webhooks.version SET major = $1, minor = $2";

    /// <summary>
    /// The whole schema. Times are the database's, but for an event's own, which is kept to 100 nanoseconds (since 1970 in UTC). Texts that are compared or
    /// sorted have the collation "C": the order of their bytes, whatever the database's.
    /// </summary>
    public const string CreateSchema =
        """
        CREATE TABLE webhooks.version(major integer NOT NULL, minor integer NOT NULL);
        INSERT INTO webhooks.version(major, minor) VALUES(0, 0);

        -- The one place where time is read; tests replace it.
        CREATE FUNCTION webhooks.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE RETURN statement_timestamp();

        -- Values that are kept for ever, such as what shows whether the sealing keys still fit.
        CREATE TABLE webhooks.kept(name text COLLATE "C" PRIMARY KEY, value bytea NOT NULL);

        -- One row an event, whatever number of endpoints it goes to. The key is a UUID of version 7, so its range is a time: a partition a day, made ahead
        -- and dropped when it is done; what fits none lies in the default one. Never updated: every index would get the row again.
        CREATE TABLE webhooks.event(
            key uuid PRIMARY KEY, counts_for_health boolean NOT NULL, created_at timestamptz NOT NULL DEFAULT webhooks.now(), not_before timestamptz,
            expires_at timestamptz, timestamp bigint NOT NULL, id text COLLATE "C" NOT NULL, owner text COLLATE "C", type text COLLATE "C" NOT NULL,
            subject text COLLATE "C", source text COLLATE "C", endpoint_id text COLLATE "C", idempotency_key text COLLATE "C" NOT NULL,
            trace_parent text COLLATE "C", data bytea NOT NULL, sealed_request bytea NOT NULL
        ) PARTITION BY RANGE(key);
        ALTER TABLE webhooks.event ALTER COLUMN data SET STORAGE EXTERNAL, ALTER COLUMN sealed_request SET STORAGE EXTERNAL;
        CREATE INDEX event_id ON webhooks.event(id);
        CREATE INDEX event_owner ON webhooks.event(owner) WHERE owner IS NOT NULL;
        CREATE INDEX event_subject ON webhooks.event(subject) WHERE subject IS NOT NULL;
        CREATE INDEX event_age ON webhooks.event USING brin(created_at);
        CREATE TABLE webhooks.event_default PARTITION OF webhooks.event DEFAULT;

        -- Events to fan out: how far each is, and what its deliveries get from it. Deleted when the last delivery is there. Numbered with the outbox, in the
        -- order in which they were stored. Vacuumed by count: it is small and busy.
        CREATE SEQUENCE webhooks.pending_n;
        CREATE TABLE webhooks.pending(
            n bigint PRIMARY KEY DEFAULT nextval('webhooks.pending_n'), event uuid NOT NULL, counts_for_health boolean NOT NULL, not_before timestamptz,
            expires_at timestamptz, fanned_out_to text COLLATE "C"
        ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
        CREATE INDEX pending_event ON webhooks.pending(event);
        CREATE INDEX pending_begun ON webhooks.pending(n) WHERE fanned_out_to IS NOT NULL;

        -- Events of callers' transactions, which write one row here and nothing else: a plain INSERT of the columns without a default publishes an event. They
        -- claim their keys and become events at fan-out.
        CREATE TABLE webhooks.outbox(
            n bigint PRIMARY KEY DEFAULT nextval('webhooks.pending_n'), key uuid NOT NULL UNIQUE, counts_for_health boolean NOT NULL DEFAULT true,
            not_before timestamptz, expires_at timestamptz, timestamp bigint NOT NULL, id text COLLATE "C" NOT NULL, owner text COLLATE "C",
            type text COLLATE "C" NOT NULL, subject text COLLATE "C", source text COLLATE "C", endpoint_id text COLLATE "C",
            idempotency_key text COLLATE "C" NOT NULL, trace_parent text COLLATE "C", data bytea NOT NULL DEFAULT '', sealed_request bytea NOT NULL DEFAULT ''
        ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
        ALTER TABLE webhooks.outbox ALTER COLUMN data SET STORAGE EXTERNAL, ALTER COLUMN sealed_request SET STORAGE EXTERNAL;
        CREATE INDEX outbox_key ON webhooks.outbox(idempotency_key);

        -- The first event of each key of an owner, or of nobody: an index of partitions could not span them.
        CREATE TABLE webhooks.idempotency(key text COLLATE "C" NOT NULL, owner text COLLATE "C", event uuid NOT NULL);
        CREATE UNIQUE INDEX idempotency_once ON webhooks.idempotency(key, owner) NULLS NOT DISTINCT;
        CREATE INDEX idempotency_event ON webhooks.idempotency(event);

        CREATE TABLE webhooks.endpoint(
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text COLLATE "C" NOT NULL UNIQUE, owner text COLLATE "C", bucket smallint NOT NULL,
            ordered boolean NOT NULL, has_lane boolean NOT NULL, state smallint NOT NULL DEFAULT 0, state_cause smallint NOT NULL DEFAULT 0,
            failures integer NOT NULL DEFAULT 0, failing_since timestamptz, version bigint NOT NULL,
            created_at timestamptz NOT NULL DEFAULT webhooks.now(), event_types text[] NOT NULL, filter bytea NOT NULL, sealed_settings bytea NOT NULL
        ) WITH (fillfactor = 80);
        CREATE INDEX endpoint_owner ON webhooks.endpoint(owner, id) WHERE owner IS NOT NULL;

        -- The greatest version that a removed endpoint had: whoever remembers one must not take the next under its id for it.
        CREATE TABLE webhooks.removed(version bigint NOT NULL);
        INSERT INTO webhooks.removed(version) VALUES(0);

        -- What endpoints subscribe to: a row for each event type or pattern, found by it, with or without an owner, in the order of the endpoints' ids.
        CREATE TABLE webhooks.subscription(
            pattern text COLLATE "C" NOT NULL, endpoint_id text COLLATE "C" NOT NULL, owner text COLLATE "C", PRIMARY KEY(pattern, endpoint_id));
        CREATE INDEX subscription_owner ON webhooks.subscription(owner, pattern, endpoint_id) WHERE owner IS NOT NULL;
        CREATE INDEX subscription_endpoint ON webhooks.subscription(endpoint_id);

        -- Unfinished work only: a row is deleted when its delivery ends, and nothing is written when it is read. Vacuumed by count: it is small and busy.
        CREATE TABLE webhooks.delivery(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event uuid NOT NULL, endpoint bigint NOT NULL, due_at timestamptz NOT NULL,
            expires_at timestamptz, attempt integer NOT NULL DEFAULT 0, bucket smallint NOT NULL, lane smallint NOT NULL DEFAULT 0,
            counts_for_health boolean NOT NULL DEFAULT true, set_aside boolean NOT NULL DEFAULT false
        ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
        -- With the id: rows that became due at once would share one entry, which dead rows cannot be pruned from.
        CREATE INDEX delivery_due ON webhooks.delivery(bucket, lane, due_at, id);
        CREATE INDEX delivery_lane ON webhooks.delivery(endpoint, due_at, id) WHERE lane = 1;
        CREATE INDEX delivery_order ON webhooks.delivery(endpoint, id) WHERE lane = 1;
        CREATE INDEX delivery_event ON webhooks.delivery(event);

        -- Append-only, in the partitions of its events' days.
        CREATE SEQUENCE webhooks.attempt_number;
        CREATE TABLE webhooks.attempt(
            event uuid NOT NULL, n bigint NOT NULL DEFAULT nextval('webhooks.attempt_number'), delivery bigint NOT NULL, endpoint bigint NOT NULL,
            started_at timestamptz NOT NULL, duration_ms integer NOT NULL, number integer NOT NULL, status smallint, failure smallint NOT NULL, error text
        ) PARTITION BY RANGE(event);
        CREATE INDEX attempt_n ON webhooks.attempt(n);
        CREATE INDEX attempt_event ON webhooks.attempt(event);
        -- Only people ask for the attempts of one delivery, and numbers rise with time: ranges of pages are enough, and are not written with each attempt.
        CREATE INDEX attempt_delivery ON webhooks.attempt USING brin(delivery) WITH (pages_per_range = 16);
        CREATE INDEX attempt_endpoint ON webhooks.attempt(endpoint, n);
        CREATE TABLE webhooks.attempt_default PARTITION OF webhooks.attempt DEFAULT;

        CREATE TABLE webhooks.dead_letter(
            delivery bigint PRIMARY KEY, event uuid NOT NULL, endpoint bigint NOT NULL, died_at timestamptz NOT NULL, attempts integer NOT NULL,
            reason smallint NOT NULL);
        CREATE INDEX dead_letter_endpoint ON webhooks.dead_letter(endpoint, delivery);
        CREATE INDEX dead_letter_event ON webhooks.dead_letter(event);

        -- Who works on the endpoints of each bucket, and until when; bucket 256 makes deliveries of events. Half empty pages: renewing touches no index.
        CREATE TABLE webhooks.bucket(
            id smallint PRIMARY KEY, holder text COLLATE "C", epoch bigint NOT NULL DEFAULT 0, expires_at timestamptz NOT NULL DEFAULT '-infinity'
        ) WITH (fillfactor = 50);
        INSERT INTO webhooks.bucket(id) SELECT generate_series(0, 256);

        -- Who asked for buckets, with or without getting any: among so many they are shared.
        CREATE TABLE webhooks.holder(name text COLLATE "C" PRIMARY KEY, expires_at timestamptz NOT NULL) WITH (fillfactor = 50);
        """;
}
