using Webhooks.Sdk.PostgreSql.Cluster;
using Webhooks.Sdk.PostgreSql.Tests;
using Xunit;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

public sealed class ServerTests
{
    [ServerFact]
    public void Server_IsThere() => Assert.Null(PostgreSqlServer.Missing);
}
