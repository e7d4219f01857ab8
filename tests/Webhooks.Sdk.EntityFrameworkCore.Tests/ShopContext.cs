using Microsoft.EntityFrameworkCore;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>The context of the shop, as an application would write it: it knows nothing of webhooks.</summary>
/// <param name="options">How it reaches its database.</param>
/// <param name="schema">The schema of its tables, or null.</param>
public sealed class ShopContext(DbContextOptions<ShopContext> options, ShopSchema? schema = null) : DbContext(options)
{
    public DbSet<Invoice> Invoices => Set<Invoice>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(schema?.Name);
        modelBuilder.Entity<Invoice>().ToTable("invoice", table => table.HasCheckConstraint("total_is_positive", "\"Total\" > 0"));
    }
}
