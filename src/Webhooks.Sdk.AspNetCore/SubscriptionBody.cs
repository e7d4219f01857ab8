using System.Collections.Generic;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>What a client posts, for API descriptions: bodies are read by hand, because the names vary.</summary>
/// <param name="Url">Where.</param>
/// <param name="Events">What; or <c>event</c> with one of them.</param>
internal sealed record SubscriptionBody(string Url, IReadOnlyList<string> Events);
