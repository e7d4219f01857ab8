namespace Webhooks.Sdk.Formats;

/// <summary>
/// The data and nothing else.
/// </summary>
internal sealed class DataOnlyFormat() : WebhookFormat(nameof(DataOnly))
{
    internal override EventComposition Compose(WebhookEvent webhookEvent, string? source) =>
        new() { Format = this, Body = webhookEvent.Data, MediaType = "application/json" };
}
