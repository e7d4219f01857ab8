using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Webhooks.Sdk.Tests.Retry;

public sealed class RetryScheduleTests
{
    private const double NoJitter = 0.5;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Explain_StandardWebhooks_ListsEveryAttempt()
    {
        const string Expected = """
            10 attempts within 3 d 3 h 35 min 5 s, each wait ±20 %
            attempt 1: at once
            attempt 2: 5 s later, 5 s after the first
            attempt 3: 5 min later, 5 min 5 s after the first
            attempt 4: 30 min later, 35 min 5 s after the first
            attempt 5: 2 h later, 2 h 35 min 5 s after the first
            attempt 6: 5 h later, 7 h 35 min 5 s after the first
            attempt 7: 10 h later, 17 h 35 min 5 s after the first
            attempt 8: 14 h later, 1 d 7 h 35 min 5 s after the first
            attempt 9: 20 h later, 2 d 3 h 35 min 5 s after the first
            attempt 10: 1 d later, 3 d 3 h 35 min 5 s after the first
            """;

        foreach (string culture in new[] { "fi-FI", "ar-SA", "en-US" })
        {
            using var scope = new CultureScope(culture);

            Assert.Equal(Expected.ReplaceLineEndings("\n"), RetrySchedule.StandardWebhooks.Explain());
        }
    }

    public static TheoryData<RetrySchedule, string> Explained => new()
    {
        { RetrySchedule.Braze, "6 attempts within 30 min, each wait ±20 %" },
        { RetrySchedule.Immediate, "3 attempts within 600 ms, each wait ±50 %" },
        { RetrySchedule.Of(), "1 attempt" },
        { RetrySchedule.Of(TimeSpan.Zero).WithJitter(0), "2 attempts within 0 s" },
        { RetrySchedule.Of(TimeSpan.FromMilliseconds(1.5)).WithJitter(0.125), "2 attempts within 1.5 ms, each wait ±12.5 %" },
    };

    [Theory]
    [MemberData(nameof(Explained))]
    public void ToString_OfASchedule_IsItsFirstLine(RetrySchedule schedule, string expected)
    {
        Assert.Equal(expected, schedule.ToString());
        Assert.StartsWith($"{expected}\nattempt 1: at once", schedule.Explain(), StringComparison.Ordinal);
        Assert.Equal(schedule.MaxAttempts + 1, schedule.Explain().Split('\n').Length);
    }

    [Fact]
    public void Braze_Waits_DoubleWithinHalfAnHour()
    {
        Assert.Equal([1, 2, 4, 8, 15], RetrySchedule.Braze.Delays.Select(delay => delay.TotalMinutes));
    }

    [Fact]
    public void Exponential_Waits_DoubleUpToTheLongest()
    {
        RetrySchedule schedule = RetrySchedule.Exponential(TimeSpan.FromSeconds(3), attempts: 6, longest: TimeSpan.FromSeconds(20));

        Assert.Equal([3, 6, 12, 20, 20], schedule.Delays.Select(delay => delay.TotalSeconds));
        Assert.Equal((6, 0.2), (schedule.MaxAttempts, schedule.Jitter));
        Assert.Equal(TimeSpan.FromDays(7), RetrySchedule.Exponential(TimeSpan.FromTicks(1), 100, TimeSpan.FromDays(7)).Delays[^1]);
        Assert.Equal(new TimeSpan[99], RetrySchedule.Exponential(TimeSpan.Zero, 100, Day).Delays);
        Assert.Empty(RetrySchedule.Exponential(TimeSpan.Zero, attempts: 1, Day).Delays);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 240)]
    public void NextDelay_Jitter_ReachesFromAFifthLessToAFifthMore(int attempt, double least)
    {
        RetrySchedule schedule = RetrySchedule.StandardWebhooks;

        Assert.Equal(least, schedule.NextDelay(attempt, retryAfter: null, random: 0)!.Value.TotalSeconds, precision: 3);
        Assert.Equal(schedule.Delays[attempt - 1], schedule.NextDelay(attempt, retryAfter: null, NoJitter));
        Assert.Equal(least * 1.5, schedule.NextDelay(attempt, retryAfter: null, random: 1)!.Value.TotalSeconds, precision: 3);
    }

    [Fact]
    public void NextDelay_AfterTheLastAttempt_IsNone()
    {
        Assert.NotNull(RetrySchedule.StandardWebhooks.NextDelay(9, retryAfter: null, NoJitter));
        Assert.Null(RetrySchedule.StandardWebhooks.NextDelay(10, retryAfter: null, NoJitter));
        Assert.Null(RetrySchedule.StandardWebhooks.NextDelay(int.MaxValue, TimeSpan.FromHours(1), NoJitter));
        Assert.Null(RetrySchedule.Of().NextDelay(1, retryAfter: null, NoJitter));
    }

    // A receiver may ask for more, never for less, and nobody waits for more than a day because of it.
    [Theory]
    [InlineData(0, 5)]
    [InlineData(4, 5)]
    [InlineData(6, 6)]
    [InlineData(86_400, 86_400)]
    [InlineData(86_401, 86_400)]
    [InlineData(1e9, 86_400)]
    public void NextDelay_RetryAfter_LengthensTheWaitUpToADay(double asked, double expected)
    {
        TimeSpan? delay = RetrySchedule.StandardWebhooks.NextDelay(1, TimeSpan.FromSeconds(asked), NoJitter);

        Assert.Equal(expected, delay!.Value.TotalSeconds);
    }

    [Fact]
    public void NextDelay_WaitOfTheScheduleAboveADay_StaysWhatItIs()
    {
        RetrySchedule schedule = RetrySchedule.Of(TimeSpan.FromDays(3));

        Assert.Equal(TimeSpan.FromDays(3), schedule.NextDelay(1, TimeSpan.FromDays(2), NoJitter));
    }

    [Fact]
    public void Equals_SameWaitsAndJitter_AreEqual()
    {
        RetrySchedule schedule = RetrySchedule.Of(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        RetrySchedule same = RetrySchedule.Exponential(TimeSpan.FromSeconds(1), attempts: 3, longest: Day);

        Assert.True(schedule == same && schedule.Equals((object)same) && schedule.GetHashCode() == same.GetHashCode());
        Assert.True(schedule != RetrySchedule.Of(TimeSpan.FromSeconds(1)));
        Assert.True(schedule != schedule.WithJitter(0));
        Assert.False(schedule.Equals(null) || schedule == null || null == schedule);
    }

    [Fact]
    public void Of_ListChangedAfterwards_KeepsItsWaits()
    {
        List<TimeSpan> delays = [Day];

        RetrySchedule schedule = RetrySchedule.Of(delays);
        delays.Clear();

        Assert.Equal([Day], schedule.Delays);
    }

    [Fact]
    public void Make_OutsideARange_ThrowsAndNamesTheLimit()
    {
        Assert.Contains("99 waits, but there are 100", Assert.Throws<ArgumentException>(() => RetrySchedule.Of(new TimeSpan[100])).Message, StringComparison.Ordinal);
        Assert.Contains("from zero to 7 days", Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Of(TimeSpan.FromTicks(-1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Of(TimeSpan.FromDays(7) + TimeSpan.FromTicks(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Exponential(Day, attempts: 0, Day));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Exponential(Day, attempts: 101, Day));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Exponential(Day, attempts: 2, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Braze.WithJitter(-0.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Braze.WithJitter(1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Braze.WithJitter(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Braze.NextDelay(0, null, NoJitter));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Braze.NextDelay(1, TimeSpan.FromTicks(-1), NoJitter));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Braze.NextDelay(1, null, double.NaN));
        Assert.Throws<ArgumentNullException>(() => RetrySchedule.Of(null!));
    }
}
