using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// The endpoints that are registered by name: with <c>AddEndpoint</c>, and the accounts of <c>AddSkalin</c> (<c>skalin</c>, <c>skalin/emea</c>) and
/// <c>AddHarmony</c> (<c>harmony</c>).
/// </summary>
/// <remarks>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe.
/// </remarks>
public interface IWebhookEndpoints
{
    /// <summary>
    /// Gets an endpoint as its options describe it now.
    /// </summary>
    /// <param name="name">The name; upper and lower case differ.</param>
    /// <returns>
    /// The endpoint: the same instance until its options change. One that was got earlier may go on being used: secrets, credential, headers, limits and
    /// trust are always those of now.
    /// </returns>
    /// <exception cref="System.ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="System.ArgumentException">No endpoint is registered by this name.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The endpoint's options are not valid.</exception>
    [SuppressMessage("Naming", "CA1716", Justification = "As IOptionsMonitor.Get, which Visual Basic calls without trouble.")]
    WebhookEndpoint Get(string name);
}
