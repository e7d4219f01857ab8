namespace Webhooks.Sdk;

public static class OutboxExtensions
{
    public static IWebhooksBuilder UseSqlite(this IWebhooksBuilder builder, string connectionString) => throw null!;
}
