namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>The schema that a test has for itself in a database that is shared.</summary>
public sealed record ShopSchema(string Name);
