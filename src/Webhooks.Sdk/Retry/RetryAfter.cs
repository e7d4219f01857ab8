using System;
using System.Globalization;
using System.Net.Http.Headers;

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

    /// <summary>
    /// Reads <c>Retry-After</c> (RFC 9110, section 10.2.3: seconds or a date), else <c>X-RateLimit-Reset-After</c> (fractional seconds).
    /// </summary>
    /// <returns>The wait, from zero to <see cref="Longest"/>; null when none is asked for or the text makes no sense.</returns>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.NonValidated.TryGetValues("Retry-After", out HeaderStringValues retryAfter)
            && Parse(retryAfter.ToString(), now) is { } wait)
        {
            return wait;
        }

        return headers.NonValidated.TryGetValues("X-RateLimit-Reset-After", out HeaderStringValues resetAfter)
            ? ParseSeconds(resetAfter.ToString())
            : null;
    }

    internal static TimeSpan? Parse(string text, DateTimeOffset now)
    {
        if (ParseSeconds(text) is { } wait)
        {
            return wait;
        }

        return DateTimeOffset.TryParseExact(text.Trim(), HttpDateFormats, CultureInfo.InvariantCulture, DateStyles, out DateTimeOffset date)
            ? Clamp((date - now).TotalSeconds)
            : null;
    }

    private static TimeSpan? ParseSeconds(string text) =>
        double.TryParse(text, SecondsStyle, CultureInfo.InvariantCulture, out double seconds) && double.IsFinite(seconds)
            ? Clamp(seconds)
            : null;

    private static TimeSpan Clamp(double seconds) => seconds switch
    {
        <= 0 => TimeSpan.Zero,
        _ => seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds),
    };
}
