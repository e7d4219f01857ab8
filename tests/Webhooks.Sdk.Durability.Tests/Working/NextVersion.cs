using System;
using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Webhooks.Sdk.PostgreSql;

namespace Webhooks.Sdk.Durability.Tests.Working;

/// <summary>A version of the store to come, which has more columns.</summary>
internal static class NextVersion
{
    private static readonly IReadOnlyList<Migration> NextMigrations =
        [.. Migrations.All, new(1, 1, "ALTER TABLE webhooks.outbox ADD COLUMN region text; ALTER TABLE webhooks.event ADD COLUMN region text; ALTER TABLE webhooks.delivery ADD COLUMN priority smallint NOT NULL DEFAULT 0")];

    public static IWebhooksBuilder Use(IWebhooksBuilder builder, NpgsqlDataSource dataSource, Action<WebhookPostgreSqlOptions> configure)
    {
        builder.UsePostgreSql(dataSource, configure);
        var options = new WebhookPostgreSqlOptions();
        configure(options);
        builder.Services.Replace(ServiceDescriptor.Singleton<IWebhookStore>(
            provider => new PostgreSqlWebhookStore(dataSource, options, provider.GetRequiredService<TimeProvider>(), NextMigrations)));
        return builder;
    }
}
