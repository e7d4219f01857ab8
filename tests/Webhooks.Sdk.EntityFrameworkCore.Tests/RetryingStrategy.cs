using System;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>Tries twice again, at once, what failed for <see cref="TransientException"/> or a transient fault of PostgreSQL.</summary>
internal sealed class RetryingStrategy(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 2, TimeSpan.Zero)
{
    /// <summary>Lets the contexts of a shop try again.</summary>
    public static void Use(DbContextOptionsBuilder builder) =>
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(
            RelationalOptionsExtension.Extract(builder.Options).WithExecutionStrategyFactory(static dependencies => new RetryingStrategy(dependencies)));

    protected override bool ShouldRetryOn(Exception exception) =>
        exception is TransientException or NpgsqlException { IsTransient: true } or { InnerException: NpgsqlException { IsTransient: true } };
}
