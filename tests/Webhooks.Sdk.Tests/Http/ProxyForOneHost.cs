using System;
using System.Net;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>
/// A proxy for one host only, so that it can stand in for the environment's while other tests run beside.
/// </summary>
internal sealed class ProxyForOneHost(string host, Uri proxy) : IWebProxy
{
    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy;

    public bool IsBypassed(Uri destination) => destination.Host != host;
}
