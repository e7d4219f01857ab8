using System.Data.Common;

namespace Webhooks.Sdk;

public static class OutboxExtensions
{
    public static IWebhooksBuilder UseSqlite(this IWebhooksBuilder builder, string connectionString) => throw null!;

    public static IWebhooksBuilder UsePostgreSql(this IWebhooksBuilder builder, DbDataSource dataSource) => throw null!;
}
