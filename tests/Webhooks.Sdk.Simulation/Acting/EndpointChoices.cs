using System;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>Makes endpoints of every kind.</summary>
internal static class EndpointChoices
{
    public static WebhookEndpoint Next(World world, string url) => new(url)
    {
        Secrets = [NextSecret(world)],
        Ordered = world.Random.Next(2) == 0,
        SetAsideAfter = world.Random.Next(2) == 0 ? world.Random.Next(1, 4) : null,
        Schedule = NextSchedule(world),
        Limits = new WebhookLimits
        {
            AttemptTimeout = TimeSpan.FromSeconds(world.Random.Next(1, 30)),
            MaxConcurrency = world.Random.Next(4) == 0 ? world.Random.Next(1, 3) : null,
            Rate = world.Random.Next(4) == 0 ? WebhookRate.PerMinute(world.Random.Next(1, 100)) : null,
        },
    };

    // Without jitter: what the schedule's dice would add, the times of calls and answers add here.
    private static RetrySchedule NextSchedule(World world) => world.Random.Next(3) switch
    {
        0 => RetrySchedule.Of(TimeSpan.Zero, TimeSpan.FromSeconds(1)).WithJitter(0),
        1 => RetrySchedule.Of(TimeSpan.FromSeconds(5), world.Plan.LongestWait / 100, world.Plan.LongestWait / 10).WithJitter(0),
        _ => RetrySchedule.Exponential(TimeSpan.FromSeconds(10), attempts: 12, longest: world.Plan.LongestWait).WithJitter(0),
    };

    public static WebhookSecret NextSecret(World world)
    {
        byte[] bytes = new byte[32];
        world.Random.NextBytes(bytes);
        return WebhookSecret.Parse($"whsec_{Convert.ToBase64String(bytes)}");
    }
}
