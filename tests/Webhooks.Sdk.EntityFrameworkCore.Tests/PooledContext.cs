using Microsoft.EntityFrameworkCore;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>A context that can be pooled, of nothing but events.</summary>
public sealed class PooledContext(DbContextOptions<PooledContext> options) : DbContext(options);
