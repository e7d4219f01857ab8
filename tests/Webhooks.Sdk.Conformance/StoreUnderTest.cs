using System;
using System.Data.Common;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Conformance;

/// <summary>A fresh store, its second face, and how to be rid of it.</summary>
public sealed class StoreUnderTest : IAsyncDisposable
{
    public required IWebhookStore Store { get; init; }

    public required IWebhookStoreOperations Operations { get; init; }

    /// <summary>Gets what begins a transaction in the store's database, or null when the store has none.</summary>
    public Func<ValueTask<DbTransaction>>? BeginTransaction { get; init; }

    public Func<ValueTask>? OnDispose { get; init; }

    public ValueTask DisposeAsync() => OnDispose?.Invoke() ?? default;
}
