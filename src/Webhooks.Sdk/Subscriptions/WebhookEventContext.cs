using System.Data.Common;

namespace Webhooks.Sdk;

/// <summary>
/// Tells a source of events what is asked of it. Instances are immutable.
/// </summary>
public sealed class WebhookEventContext
{
    /// <summary>Gets what the data is made for.</summary>
    public WebhookEventPurpose Purpose { get; init; }

    /// <summary>Gets the record that the event is about; null for samples, where a few recent records serve.</summary>
    public string? RecordId { get; init; }

    /// <summary>Gets the transaction of the publication, in which uncommitted rows are seen; or null.</summary>
    public DbTransaction? Transaction { get; init; }
}
