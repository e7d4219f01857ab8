using System;
using System.Threading.Tasks;
using Webhooks.Sdk.Conformance;

namespace Webhooks.Sdk.PostgreSql.Tests;

public class PostgreSqlConformanceTests : WebhookStoreConformanceTests
{
    protected override async ValueTask<StoreUnderTest> CreateStoreAsync(TimeProvider timeProvider)
    {
        TestSchema schema = await CreateSchemaAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync(timeProvider);

        return new StoreUnderTest
        {
            Store = await StoreAtTime.CreateAsync<IWebhookStore>(store, schema, timeProvider),
            Operations = await StoreAtTime.CreateAsync<IWebhookStoreOperations>(store, schema, timeProvider),
            BeginTransaction = async () => await schema.BeginAsync(),
            OnDispose = schema.DisposeAsync,
        };
    }

    private protected virtual Task<TestSchema> CreateSchemaAsync() => TestSchema.CreateAsync();
}
