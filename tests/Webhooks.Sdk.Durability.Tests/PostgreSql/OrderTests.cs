using System.Threading.Tasks;
using Webhooks.Sdk.Conformance;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

public sealed class OrderTests
{
    [StoreFact]
    public async Task Replay_OfARefusedDeliveryAfterATakeover_KeepsTheOrderOfFirstSends()
    {
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync();
        await Tests.OrderTests.AssertKeepsOrderAsync(database);
    }
}
