using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// A column of a store's table of events. Instances are immutable.
/// </summary>
[Experimental("WHKEXP001")]
public sealed record WebhookEventColumn
{
    /// <summary>Gets the name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the type of its values, as the database's ADO.NET provider takes them: for example <see cref="long"/>, or an array of bytes.</summary>
    public required Type Type { get; init; }

    /// <summary>Gets whether it is the key of the table.</summary>
    public bool IsKey { get; init; }

    /// <summary>Gets whether it may be null.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Gets what gives the value that an event has there.</summary>
    public required Func<StoredEvent, object?> Read { get; init; }
}
