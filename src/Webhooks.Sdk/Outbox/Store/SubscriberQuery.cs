using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// Asks for the subscriptions that want an event.
/// </summary>
/// <param name="Owner">Whose subscriptions, or null: everybody's.</param>
/// <param name="Patterns">What they may have among their event types: the type itself, and every pattern that covers it.</param>
/// <param name="After">Only endpoints whose id comes after this one (ordinal), or null: all.</param>
[Experimental("WHKEXP001")]
public readonly record struct SubscriberQuery(string? Owner, IReadOnlyList<string> Patterns, string? After);
