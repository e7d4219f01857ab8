using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk.EntityFrameworkCore;

/// <summary>What the options of a context know of webhooks.</summary>
internal sealed class WebhooksOptionsExtension(RowPublisher publisher) : IDbContextOptionsExtension
{
    public RowPublisher Publisher => publisher;

    public DbContextOptionsExtensionInfo Info => field ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
        new EntityFrameworkServicesBuilder(services).TryAdd<IConventionSetPlugin, EventTableConvention>();
        services.AddScoped<PublishedRows>();
        services.AddScoped<IInterceptor>(static provider => provider.GetRequiredService<PublishedRows>());
        services.AddScoped<IResettableService>(static provider => provider.GetRequiredService<PublishedRows>());
    }

    public void Validate(IDbContextOptions options)
    {
        if (!options.Extensions.OfType<RelationalOptionsExtension>().Any())
        {
            throw new InvalidOperationException(
                "The context has no relational database that events could be written to with its data. Use the provider of the store's database, such as UseSqlite(…) or UseNpgsql(…).");
        }
    }

    private sealed class ExtensionInfo(WebhooksOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        private readonly (Type Store, string Name, string? Schema) _table =
            (extension.Publisher.Table.GetType(), extension.Publisher.Table.Name, extension.Publisher.Table.Schema);

        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using Webhooks ";

        // The model, which is kept as long as the services, has the table in it.
        public override int GetServiceProviderHashCode() => _table.GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo same && same._table == _table;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Webhooks:Table"] = _table.ToString();
    }
}
