namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>What <c>invoice.paid</c> tells; it has an <c>id</c> of its own.</summary>
internal sealed record Invoice(string Id, decimal Amount);
