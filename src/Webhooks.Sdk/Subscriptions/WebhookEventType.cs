using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks.Sdk;

/// <summary>
/// A kind of event that can be subscribed to: its name, its description, and the shape of its data.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads.
/// </remarks>
public abstract class WebhookEventType
{
    private protected WebhookEventType(string name, string? description)
    {
        EventTypeSyntax.Validate(name, nameof(name));
        Name = name;
        Description = description;
    }

    /// <summary>Gets the name, for example <c>invoice.paid</c>: groups of <c>A-Z a-z 0-9 _</c>, parted by full stops.</summary>
    public string Name { get; }

    /// <summary>Gets what the event tells, for people who think of subscribing; or null.</summary>
    public string? Description { get; }

    internal abstract JsonTypeInfo DataTypeInfo { get; }

    /// <summary>Makes the JSON Schema (draft 2020-12) of the data, as System.Text.Json's exporter sees the type.</summary>
    /// <returns>A schema of the caller's own.</returns>
    public JsonNode GetJsonSchema() => DataTypeInfo.GetJsonSchemaAsNode();

    /// <summary>Gives the name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
