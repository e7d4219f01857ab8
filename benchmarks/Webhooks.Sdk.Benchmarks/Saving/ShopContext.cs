using Microsoft.EntityFrameworkCore;

namespace Webhooks.Sdk.Benchmarks.Saving;

/// <summary>
/// The application's own context.
/// </summary>
internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SavedInvoice>().ToTable("saved_invoice");
        modelBuilder.Entity<SavedMessage>().ToTable("saved_message");
    }
}
