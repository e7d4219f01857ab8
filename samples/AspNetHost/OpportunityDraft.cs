/// <summary>What is posted to open an opportunity.</summary>
internal sealed record OpportunityDraft(string Name, bool IsProject);
