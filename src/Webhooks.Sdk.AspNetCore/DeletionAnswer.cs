namespace Webhooks.Sdk.AspNetCore;

/// <summary>What came of an unsubscription; JSON, because Zapier wants some.</summary>
internal sealed record DeletionAnswer(string Id, bool Deleted);
