using System.Collections.Generic;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>The order in which deliveries of an endpoint were made, which is that in which events were committed.</summary>
internal static class DeliveryOrder
{
    public static Task<IReadOnlyList<string>> OfAsync(Database database, string endpoint) => database.ReadAsync<string>(
        $"""
        SELECT e.id FROM webhooks_attempt a JOIN webhooks_event e ON e.key = a.event JOIN webhooks_endpoint p ON p.n = a.endpoint
        WHERE p.id = '{endpoint}' GROUP BY e.id ORDER BY min(a.delivery)
        """);
}
