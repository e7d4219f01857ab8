using System.Collections.Generic;
using System.Globalization;

namespace Webhooks.Sdk.Formats;

/// <summary>
/// CloudEvents 1.0 in binary content mode (HTTP protocol binding 1.0.2, section 3.1): the media type takes the place of <c>datacontenttype</c>.
/// </summary>
internal sealed class CloudEventsBinaryFormat() : WebhookFormat(nameof(CloudEventsBinary))
{
    internal override bool HasSource => true;

    internal override EventComposition Compose(WebhookEvent webhookEvent, string? source)
    {
        CloudEventsFormat.RequireSource(source);

        var headers = new List<KeyValuePair<string, string>>(capacity: 6)
        {
            new("ce-specversion", "1.0"),
            new("ce-id", webhookEvent.Id),
            new("ce-source", CloudEventsHeader.Encode(source)),
            new("ce-type", webhookEvent.Type),
            new("ce-time", webhookEvent.Timestamp.UtcDateTime.ToString("yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)),
        };

        if (webhookEvent.Subject is not null)
        {
            headers.Add(new("ce-subject", CloudEventsHeader.Encode(webhookEvent.Subject)));
        }

        return new EventComposition
        {
            Format = this,
            Source = source,
            Headers = headers.AsReadOnly(),
            Body = webhookEvent.Data,
            MediaType = "application/json",
        };
    }
}
