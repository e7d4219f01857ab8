using System.Linq;
using System.Reflection;
using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class ServerTests
{
    [ServerFact]
    public void Server_IsThere() => Assert.Null(PostgreSqlServer.Missing);

    [PgBouncerFact]
    public void PgBouncer_IsThere() => Assert.Null(PgBouncer.Missing);

    [Theory]
    [InlineData(null, "why")]
    [InlineData("0", "why")]
    [InlineData("1", null)]
    public void Server_Missing_IsSkippedUnlessItIsRequired(string? required, string? skipped) =>
        Assert.Equal(skipped, ServerFactAttribute.WhySkipped("why", required));

    [Fact]
    public void Tests_OfOtherClasses_AreLeftOutWithoutAServer()
    {
        string[] plain =
        [
            .. typeof(ServerTests).Assembly.GetTypes().Where(static type => type != typeof(ServerTests))
                .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
                .Where(static method => method.GetCustomAttributes<FactAttribute>().Any(static fact => fact.GetType().Assembly == typeof(FactAttribute).Assembly))
                .Select(static method => $"{method.ReflectedType!.Name}.{method.Name}"),
        ];

        Assert.Empty(plain);
    }
}
