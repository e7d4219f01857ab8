using System;
using System.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Webhooks.Sdk.PostgreSql;

namespace Webhooks.Sdk;

/// <summary>
/// Keeps events in PostgreSQL.
/// </summary>
public static class PostgreSqlWebhooksBuilderExtensions
{
    /// <summary>
    /// Keeps events in a PostgreSQL database until they are delivered, by any number of nodes. Its tables are made, in the schema <c>webhooks</c>, when the host
    /// starts or at first use.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Published events are durable when the call returns, as far as the server is (<c>fsync</c>, <c>synchronous_commit</c>). Events can be published in the
    /// application's own <c>NpgsqlTransaction</c> of the same database, each as one row. Nodes that join, stop or die share the work by themselves: the
    /// endpoints of a node that died are taken over when its leases end (<see cref="WebhookOutboxOptions.LeaseDuration"/>).
    /// </para>
    /// <para>
    /// PostgreSQL 15 or later. Behind a pooler such as PgBouncer, Npgsql's <c>No Reset On Close</c> must be true, or the first use is refused. Sealing keys must be configured, the same on every node (<see cref="OutboxWebhooksBuilderExtensions.UseSealingKeys"/>). A data
    /// source that is built with <c>NpgsqlSlimDataSourceBuilder</c> needs <c>EnableArrays()</c>.
    /// </para>
    /// </remarks>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="dataSource">The database. It stays the caller's to dispose of, after the host.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IWebhooksBuilder UsePostgreSql(this IWebhooksBuilder builder, NpgsqlDataSource dataSource) =>
        UsePostgreSql(builder, dataSource, static _ => { });

    /// <summary>Keeps events in a PostgreSQL database until they are delivered, by any number of nodes.</summary>
    /// <inheritdoc cref="UsePostgreSql(IWebhooksBuilder, NpgsqlDataSource)" path="/remarks"/>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="dataSource">The database. It stays the caller's to dispose of, after the host.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><see cref="WebhookPostgreSqlOptions.Schema"/> is no name for a schema.</exception>
    public static IWebhooksBuilder UsePostgreSql(
        this IWebhooksBuilder builder, NpgsqlDataSource dataSource, Action<WebhookPostgreSqlOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(configure);

        var options = new WebhookPostgreSqlOptions();
        configure(options);
        _ = new SchemaName(options.Schema);
        builder.Services.Replace(ServiceDescriptor.Singleton<IWebhookStore>(provider =>
            new PostgreSqlWebhookStore(dataSource, options, provider.GetRequiredService<TimeProvider>())));

        ServiceDescriptor? sealer = builder.Services.LastOrDefault(static service => service.ServiceType == typeof(IWebhookSealer));

        // The core's own dies with the process, and the store refuses it; any other was chosen.
        if (options.AllowUnsealed && (sealer is null || sealer.ImplementationType?.Assembly == typeof(IWebhookSealer).Assembly))
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IWebhookSealer, UnsealedSealer>());
        }

        return builder;
    }
}
