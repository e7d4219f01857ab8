using System;
using System.Threading.Tasks;
using Webhooks.Sdk.Conformance;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class SqliteConformanceTests : WebhookStoreConformanceTests
{
    protected override ValueTask<StoreUnderTest> CreateStoreAsync(TimeProvider timeProvider)
    {
        var directory = new TemporaryDirectory();
        var store = new SqliteWebhookStore(new StoreFile(directory.ConnectionString), timeProvider);

        return new(new StoreUnderTest
        {
            Store = store,
            Operations = store,
            BeginTransaction = async () => await directory.BeginTransactionAsync(),
            OnDispose = () =>
            {
                store.Dispose();
                directory.Dispose();
                return default;
            },
        });
    }
}
