using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk;

/// <summary>
/// An endpoint as its options describe it now.
/// </summary>
/// <param name="name">The name of the endpoint.</param>
/// <param name="options">Where the options come from.</param>
/// <param name="optionsName">The name of the options, which may be another than the endpoint's.</param>
/// <param name="create">Makes the endpoint of valid options.</param>
internal sealed class NamedEndpoint<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    string name, IOptionsMonitor<TOptions> options, string optionsName, Func<TOptions, NamedEndpoint, WebhookEndpoint> create)
    : NamedEndpoint(name)
    where TOptions : class
{
    private Snapshot? _current;

    public override WebhookEndpoint Current
    {
        get
        {
            TOptions latest = options.Get(optionsName);

            // The monitor gives the same instance until a change. Two threads may both build after it; either one's serves.
            if (_current is not { } current || current.Options != latest)
            {
                current = new Snapshot(latest, create(latest, this));
                _current = current;
            }

            return current.Endpoint;
        }
    }

    // A reference, so that both are seen together by every thread.
    private sealed class Snapshot(TOptions options, WebhookEndpoint endpoint)
    {
        public TOptions Options { get; } = options;

        public WebhookEndpoint Endpoint { get; } = endpoint;
    }
}
