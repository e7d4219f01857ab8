namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>What the shop keeps.</summary>
public sealed class Invoice
{
    public required string Id { get; init; }

    public required decimal Total { get; set; }
}
