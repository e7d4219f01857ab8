/// <summary>What the event tells.</summary>
internal sealed record Opportunity(long Id, string Name, bool IsProject);
