namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>All that a store in a database does.</summary>
public interface IWholeStore : IWebhookStore, IWebhookStoreOperations, IWebhookEventTable;
