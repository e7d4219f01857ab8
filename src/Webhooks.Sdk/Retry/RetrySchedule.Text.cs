using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Webhooks.Sdk;

/// <content>Schedules as people and configuration write them, and their equality.</content>
public sealed partial class RetrySchedule
{
    /// <summary>Gets the schedules that configuration chooses by name.</summary>
    internal static IReadOnlyList<KeyValuePair<string, RetrySchedule>> Named =>
        [new(nameof(StandardWebhooks), StandardWebhooks), new(nameof(Braze), Braze), new(nameof(Immediate), Immediate)];

    /// <summary>Tells whether two schedules have the same waits and the same jitter.</summary>
    /// <param name="left">A schedule, or null.</param>
    /// <param name="right">Another one, or null.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(RetrySchedule? left, RetrySchedule? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Tells whether two schedules differ in a wait or in the jitter.</summary>
    /// <param name="left">A schedule, or null.</param>
    /// <param name="right">Another one, or null.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RetrySchedule? left, RetrySchedule? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(RetrySchedule? other) => other is not null && Jitter.Equals(other.Jitter) && _delays.AsSpan().SequenceEqual(other._delays);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RetrySchedule);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Jitter);
        Array.ForEach(_delays, delay => hash.Add(delay));
        return hash.ToHashCode();
    }

    /// <summary>Explains the schedule to a person: one line for each attempt, with its wait and the time since the first attempt, jitter aside.</summary>
    /// <returns>Lines parted by <c>\n</c>, the same in every culture.</returns>
    public string Explain()
    {
        var text = new StringBuilder().Append(ToString()).Append("\nattempt 1: at once");
        TimeSpan total = TimeSpan.Zero;

        for (int i = 0; i < _delays.Length; i++)
        {
            total += _delays[i];
            text.Append(CultureInfo.InvariantCulture, $"\nattempt {i + 2}: {Describe(_delays[i])} later, {Describe(total)} after the first");
        }

        return text.ToString();
    }

    /// <summary>Describes the schedule in one line.</summary>
    /// <returns>For example <c>3 attempts within 600 ms, each wait ±50 %</c>.</returns>
    public override string ToString()
    {
        if (_delays.Length == 0)
        {
            return "1 attempt";
        }

        TimeSpan total = _delays.Aggregate(TimeSpan.Zero, static (sum, delay) => sum + delay);
        string jitter = Jitter == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", each wait ±{Jitter * 100:0.##} %");

        return string.Create(CultureInfo.InvariantCulture, $"{MaxAttempts} attempts within {Describe(total)}{jitter}");
    }

    private static string Describe(TimeSpan time)
    {
        (double Number, string Unit)[] parts =
            [(time.Days, "d"), (time.Hours, "h"), (time.Minutes, "min"), (time.Seconds, "s"), (time.Ticks % TimeSpan.TicksPerSecond / (double)TimeSpan.TicksPerMillisecond, "ms")];
        string text = string.Join(' ', parts.Where(static part => part.Number > 0).Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Number} {part.Unit}")));

        return text.Length == 0 ? "0 s" : text;
    }
}
