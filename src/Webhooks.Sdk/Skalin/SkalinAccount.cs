using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// An account at Skalin as its options describe it now: the endpoint that its requests belong to.
/// </summary>
internal sealed class SkalinAccount(string name, IOptionsMonitor<SkalinOptions> options)
{
    private Snapshot? _current;

    /// <summary>Gets the endpoint: the same instance until the options change.</summary>
    public WebhookEndpoint Endpoint
    {
        get
        {
            SkalinOptions latest = options.Get(name);

            // The monitor gives the same instance until a change. Two threads may both build after it; either one's serves.
            if (_current is not { } current || current.Options != latest)
            {
                current = new Snapshot(latest, CreateEndpoint(latest));
                _current = current;
            }

            return current.Endpoint;
        }
    }

    private WebhookEndpoint CreateEndpoint(SkalinOptions account) =>
        new(WebhookUrl.For(account.BaseUrl).Path("webhook").Code(account.WebhookId).Query("client_id", account.ClientId).Build())
        {
            Name = name.Length == 0 ? "skalin" : $"skalin/{name}",
            Trusted = true,
            Rule = SkalinResponseRule.Instance,
        };

    private sealed class Snapshot(SkalinOptions options, WebhookEndpoint endpoint)
    {
        public SkalinOptions Options { get; } = options;

        public WebhookEndpoint Endpoint { get; } = endpoint;
    }
}
