using System;
using System.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Webhooks.Sdk.Sqlite;

namespace Webhooks.Sdk;

/// <summary>
/// Keeps events in SQLite.
/// </summary>
public static class SqliteWebhooksBuilderExtensions
{
    /// <summary>
    /// Keeps events in a SQLite file until they are delivered. It is created, with its tables, when the host starts or at first use.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Published events survive a crash of the process and the loss of power (write-ahead log, <c>synchronous=FULL</c>). The file may be the application's own
    /// database: the tables begin with <c>webhooks_</c>, and only then can events be published in the application's <c>SqliteTransaction</c>. SQLite lets one
    /// transaction write at a time: while the application's is open, publishing outside of it waits, and fails after 5 seconds. Keep transactions short, and
    /// hand them over.
    /// </para>
    /// <para>
    /// Several processes of one machine may publish into the file; one at a time delivers. Files on network file systems are refused.
    /// </para>
    /// <para>
    /// Unless keys are configured (<see cref="OutboxWebhooksBuilderExtensions.UseSealingKeys"/>), secrets are sealed under a key that is made in a file beside
    /// the database, <c>webhooks.db.webhooks-key</c>, which only its owner may read. Keep a copy of it, and not with the database's.
    /// </para>
    /// </remarks>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="connectionString">For example <c>Data Source=webhooks.db</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> does not name a file that can be written, such as <c>:memory:</c>.</exception>
    public static IWebhooksBuilder UseSqlite(this IWebhooksBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connectionString);

        var file = new StoreFile(connectionString);
        builder.Services.Replace(ServiceDescriptor.Singleton<IWebhookStore>(provider =>
            new SqliteWebhookStore(file, provider.GetRequiredService<TimeProvider>())));

        ServiceDescriptor? sealer = builder.Services.LastOrDefault(static service => service.ServiceType == typeof(IWebhookSealer));

        // The core's own dies with the process; any other was chosen.
        if (sealer is null || sealer.ImplementationType?.Assembly == typeof(IWebhookSealer).Assembly || sealer.ImplementationInstance is KeyFileSealer)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IWebhookSealer>(new KeyFileSealer(file)));
        }

        return builder;
    }
}
