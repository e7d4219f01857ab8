using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Finds requests that overtook another, be it of the endpoint's order or of its publisher's.</summary>
internal static class Disorder
{
    /// <param name="order">The events of an ordered endpoint, in the order of its deliveries.</param>
    /// <param name="arrivals">What came there.</param>
    public static int Count(IReadOnlyList<string> order, IEnumerable<Arrival> arrivals)
    {
        Dictionary<string, int> places = order.Index().ToDictionary(static each => each.Item, static each => each.Index);
        (int next, int disorders) = (0, 0);

        foreach (Arrival arrival in arrivals)
        {
            // Whoever takes over may repeat; nobody begins with what comes after one that has not arrived.
            int place = places.GetValueOrDefault(arrival.EventId, int.MaxValue);
            disorders += place > next ? 1 : 0;
            next = arrival.Status == 200 && place == next ? next + 1 : next;
        }

        // A publisher's numbers rise.
        return disorders + order.GroupBy(static id => id.Split('-')[0])
            .Sum(static ids => ids.Select(NumberOf).Zip(ids.Select(NumberOf).Skip(1)).Count(static pair => pair.First > pair.Second));
    }

    private static int NumberOf(string id) => int.Parse(id.Split('-')[1], CultureInfo.InvariantCulture);
}
