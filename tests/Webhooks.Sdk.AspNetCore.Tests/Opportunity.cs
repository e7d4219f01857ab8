namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>What <c>NewOpportunity</c> tells; it has no <c>id</c>.</summary>
internal sealed record Opportunity(string CodeDeal, string CustomerName, bool IsProject);
