using System;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.EntityFrameworkCore;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk;

/// <summary>
/// Lets contexts of Entity Framework Core publish.
/// </summary>
public static class WebhooksDbContextOptionsBuilderExtensions
{
    /// <summary>
    /// Lets the context publish by <see cref="WebhooksDbContextExtensions.PublishWebhook(DbContext, WebhookEvent)"/>: events are stored by the same SaveChanges as
    /// the application's data, as one row each, and delivered once that is committed.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The store must be in the context's own database (<c>UseSqlite</c> or <c>UsePostgreSql</c> after <c>AddWebhooks()</c>); SaveChanges refuses any other before
    /// it writes. The store's table of events becomes a part of the model, and is left out of migrations: the store makes and changes its tables by itself, when the
    /// host starts or at the first publishing.
    /// </para>
    /// <para>
    /// <c>EnsureCreated</c> makes no tables in a database that has some: call it before the host starts, or use migrations.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>services.AddDbContext&lt;ShopContext&gt;((provider, options) => options.UseNpgsql(dataSource).UseWebhooks(provider));</code>
    /// </example>
    /// <param name="optionsBuilder">The options of the context.</param>
    /// <param name="provider">The services that webhooks were added to.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">Webhooks were not added to the services, or their store is not in a database.</exception>
    public static DbContextOptionsBuilder UseWebhooks(this DbContextOptionsBuilder optionsBuilder, IServiceProvider provider)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        ArgumentNullException.ThrowIfNull(provider);

        RowPublisher publisher = provider.GetService<RowPublisher>() ?? throw new InvalidOperationException(
            "The services know no webhooks. Add them: services.AddWebhooks().UseSqlite(…) or .UsePostgreSql(…), in the context's own database.");
        ((IDbContextOptionsBuilderInfrastructure)optionsBuilder).AddOrUpdateExtension(new WebhooksOptionsExtension(publisher));
        return optionsBuilder;
    }

    /// <inheritdoc cref="UseWebhooks(DbContextOptionsBuilder, IServiceProvider)"/>
    /// <typeparam name="TContext">The type of the context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseWebhooks<TContext>(this DbContextOptionsBuilder<TContext> optionsBuilder, IServiceProvider provider)
        where TContext : DbContext =>
        (DbContextOptionsBuilder<TContext>)UseWebhooks((DbContextOptionsBuilder)optionsBuilder, provider);
}
