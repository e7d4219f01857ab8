using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>The same through PgBouncer in transaction mode: a statement that leaves something in its session, or counts on it, fails here.</summary>
[RequiresPgBouncer]
[Collection(nameof(PgBouncerTests))]
public sealed class PgBouncerConformanceTests : PostgreSqlConformanceTests
{
    private protected override Task<TestSchema> CreateSchemaAsync() => TestSchema.CreateBehindPgBouncerAsync();
}
