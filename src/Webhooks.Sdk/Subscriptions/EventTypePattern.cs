using System;
using System.Collections.Generic;
using System.Globalization;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>
/// What a subscription may name: an event type, all types below a group (<c>customer.*</c>), or all types (<c>*</c>).
/// </summary>
internal static class EventTypePattern
{
    public const string Any = "*";
    private const string Wildcard = ".*";

    /// <exception cref="ArgumentException">The pattern is none of them.</exception>
    public static void Validate(string pattern, string paramName)
    {
        ArgumentNullException.ThrowIfNull(pattern, paramName);

        if (pattern != Any)
        {
            EventTypeSyntax.Validate(pattern.EndsWith(Wildcard, StringComparison.Ordinal) ? pattern[..^Wildcard.Length] : pattern, paramName);
        }
    }

    /// <summary>Gives every pattern that covers a type: finding subscriptions is looking these up.</summary>
    /// <returns>For <c>a.b.c</c>: <c>a.b.c</c>, <c>a.b.*</c>, <c>a.*</c>, <c>*</c>.</returns>
    public static IReadOnlyList<string> Covering(string type)
    {
        var patterns = new List<string> { type };

        for (int dot = type.LastIndexOf('.'); dot > 0; dot = type.LastIndexOf('.', dot - 1))
        {
            patterns.Add(string.Create(CultureInfo.InvariantCulture, $"{type.AsSpan(0, dot)}{Wildcard}"));
        }

        patterns.Add(Any);
        return patterns;
    }
}
