using System;
using System.Linq;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>What a seed decides before anything happens.</summary>
internal sealed class Plan(Random random)
{
    // Where leases and polls are short, the days are left to others: a poll a second for days would cost too much.
    private readonly bool _isQuick = random.Next(4) == 0;

    public int Nodes { get; } = random.Next(1, 4);

    /// <summary>Gets how many things happen to the world.</summary>
    public int Actions { get; } = random.Next(30, 120);

    public TimeSpan LeaseDuration => _isQuick ? TimeSpan.FromSeconds(5 + (10 * _some)) : TimeSpan.FromMinutes(2 + (8 * _some));

    public TimeSpan PollInterval => _isQuick ? TimeSpan.FromSeconds(1 + _some) : TimeSpan.FromMinutes(1 + (4 * _some));

    /// <summary>Gets the longest that a call to the store takes one way.</summary>
    public TimeSpan LongestStoreDelay { get; } = TimeSpan.FromMilliseconds(Pick(random, 1, 50, 1000, 3000));

    /// <summary>Gets the longest time in which nothing happens to the world.</summary>
    public TimeSpan LongestCalm => _isQuick ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(8);

    public TimeSpan FinishedRetention { get; } = TimeSpan.FromHours(Pick(random, 1, 24, 168));

    public TimeSpan DeadLetterRetention { get; } = TimeSpan.FromHours(Pick(random, 12, 168));

    public int MaxConcurrency { get; } = Pick(random, 1, 4, 256);

    public int MaxConcurrencyPerEndpoint { get; } = Pick(random, 1, 2, 8);

    private readonly double _some = random.NextDouble();

    private static int Pick(Random random, params ReadOnlySpan<int> choices) => choices[random.Next(choices.Length)];
}
