using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

public sealed class ServerTests
{
    [PostgreSqlFact]
    public void PostgreSql_IsHere()
    {
        Assert.Null(PostgreSqlServer.Missing);
    }
}
