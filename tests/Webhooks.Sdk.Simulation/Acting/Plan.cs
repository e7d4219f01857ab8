using System;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>What a seed decides before anything happens.</summary>
internal sealed class Plan
{
    // Where leases and polls are short, the days are left to others: a poll a second for days would cost too much.
    private readonly bool _isQuick;
    private readonly double _some;

    public Plan(Random random)
    {
        _isQuick = random.Next(4) == 0;
        _some = random.NextDouble();
        Nodes = random.Next(1, 4);
        Actions = random.Next(20, 80);
        LongestStoreDelay = TimeSpan.FromMilliseconds(Pick(random, 1, 50, 1000, 3000));
        FinishedRetention = TimeSpan.FromHours(Pick(random, 1, 24, 168));
        DeadLetterRetention = TimeSpan.FromHours(Pick(random, 12, 168));
        MaxConcurrency = Pick(random, 1, 4, 256);
        MaxConcurrencyPerEndpoint = Pick(random, 1, 2, 8);
    }

    public int Nodes { get; }

    /// <summary>Gets how many things happen to the world.</summary>
    public int Actions { get; }

    /// <summary>Gets the longest that a call to the store takes one way.</summary>
    public TimeSpan LongestStoreDelay { get; }

    public TimeSpan FinishedRetention { get; }

    public TimeSpan DeadLetterRetention { get; }

    public int MaxConcurrency { get; }

    public int MaxConcurrencyPerEndpoint { get; }

    public TimeSpan LeaseDuration => _isQuick ? TimeSpan.FromSeconds(5 + (10 * _some)) : TimeSpan.FromMinutes(6 + (4 * _some));

    public TimeSpan PollInterval => _isQuick ? TimeSpan.FromSeconds(1 + _some) : TimeSpan.FromMinutes(3 + (2 * _some));

    /// <summary>Gets the longest time in which nothing happens to the world.</summary>
    public TimeSpan LongestCalm => _isQuick ? TimeSpan.FromMinutes(2) : TimeSpan.FromDays(1);

    /// <summary>Gets how far ahead publishers look, and how long schedules wait at most.</summary>
    public TimeSpan LongestWait => _isQuick ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(8);

    private static int Pick(Random random, params ReadOnlySpan<int> choices) => choices[random.Next(choices.Length)];
}
