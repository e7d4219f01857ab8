namespace Webhooks.Sdk;

/// <summary>
/// An endpoint that is registered by a name: what it is now, whatever it was when a request was composed.
/// </summary>
internal abstract class NamedEndpoint(string name)
{
    public string Name { get; } = name;

    /// <summary>Gets the endpoint: the same instance until its options change.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are not valid.</exception>
    public abstract WebhookEndpoint Current { get; }
}
