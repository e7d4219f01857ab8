namespace Webhooks.Sdk;

/// <summary>
/// Configures the PostgreSQL store.
/// </summary>
public sealed class WebhookPostgreSqlOptions
{
    /// <summary>Gets or sets the schema that the store's tables are in. It is made at first use, unless it is there.</summary>
    /// <value>The default value is <c>webhooks</c>. From 1 to 63 of the letters A to Z, digits, <c>_</c>, <c>-</c> and <c>$</c>.</value>
    public string Schema { get; set; } = "webhooks";

    /// <summary>
    /// Gets or sets whether nodes wake each other by LISTEN and NOTIFY, for which each dispatcher keeps a connection of its own. Without it, and whenever that
    /// connection is lost, work of other nodes is found by polling (<see cref="WebhookOutboxOptions.PollInterval"/>).
    /// </summary>
    /// <value>The default value is <see langword="true"/>. Set it to false behind a pooler in transaction mode, such as PgBouncer.</value>
    public bool Listen { get; set; } = true;

    /// <summary>Gets or sets whether secrets may lie in the database in the clear when no sealing key is configured.</summary>
    /// <value>The default value is <see langword="false"/>: without a key, nothing is published or delivered.</value>
    public bool AllowUnsealed { get; set; }
}
