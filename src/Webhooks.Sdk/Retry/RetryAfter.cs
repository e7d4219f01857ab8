using System;
using System.Globalization;

namespace Webhooks.Sdk.Retry;

/// <summary>
/// Reads how long a receiver asks to be left alone.
/// </summary>
/// <remarks>
/// The raw text is read, because the typed header is null for what receivers really send (<c>1.5</c>, <c>99999999999999999999</c>).
/// </remarks>
internal static class RetryAfter
{
    /// <summary>The longest wait that is believed. An absurd number is taken as "long", not as nonsense.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    // No sign: "-5" is nonsense rather than a past moment, and the schedule's own delay serves.
    private const NumberStyles SecondsStyle = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private const DateTimeStyles DateStyles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite;

    // RFC 9110, section 5.6.7: the preferred form first, then the two obsolete ones that recipients must accept.
    private static readonly string[] HttpDateFormats = ["ddd, dd MMM yyyy HH':'mm':'ss 'GMT'", "dddd, dd'-'MMM'-'yy HH':'mm':'ss 'GMT'", "ddd MMM d HH':'mm':'ss yyyy"];

    /// <summary>Reads seconds, an HTTP date, or a moment of the Unix epoch.</summary>
    /// <returns>The wait, from zero to <see cref="Longest"/>; null when the text makes no sense.</returns>
    public static TimeSpan? Parse(string text, DateTimeOffset now)
    {
        if (ParseNumber(text, now) is { } wait)
        {
            return wait;
        }

        return DateTimeOffset.TryParseExact(text.Trim(), HttpDateFormats, CultureInfo.InvariantCulture, DateStyles, out DateTimeOffset date)
            ? Clamp((date - now).TotalSeconds)
            : null;
    }

    /// <summary>Reads seconds, or a moment of the Unix epoch.</summary>
    /// <returns>The wait, from zero to <see cref="Longest"/>; null when the text makes no sense.</returns>
    public static TimeSpan? ParseNumber(string text, DateTimeOffset now)
    {
        if (!double.TryParse(text, SecondsStyle, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            return null;
        }

        // Nobody asks to wait for decades, and these are the seconds and milliseconds of the epoch from 2001 to 2286.
        return number switch
        {
            >= 1e9 and < 1e10 => Clamp(number - UnixSeconds(now)),
            >= 1e12 and < 1e13 => Clamp((number / 1000) - UnixSeconds(now)),
            _ => Clamp(number),
        };
    }

    private static double UnixSeconds(DateTimeOffset now) => (now - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static TimeSpan Clamp(double seconds) => seconds switch
    {
        <= 0 => TimeSpan.Zero,
        _ => seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds),
    };
}
