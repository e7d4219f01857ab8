using System;
using System.Collections.Frozen;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Decides which hosts, ports and addresses may be called: public ones, and those that <see cref="WebhookOptions"/> allows.
/// </summary>
/// <remarks>
/// It judges addresses that were resolved, never the text of a URL, which can spell one address in many ways. Reads the options once;
/// immutable afterwards and safe for use by many threads. Says no by throwing <see cref="BlockedAddressException"/>.
/// </remarks>
internal sealed class AddressGuard
{
    private readonly AddressBlock[] _networks;
    private readonly FrozenSet<string> _hosts;
    private readonly FrozenSet<int> _ports;

    /// <exception cref="ArgumentException">An allowed network is not CIDR text, or an allowed host is not a host name.</exception>
    public AddressGuard(WebhookOptions options)
    {
        _networks = [.. options.AllowedNetworks.Select(AddressBlock.Parse), .. options.AllowLoopback ? Loopback : []];
        _hosts = options.AllowedHosts.Select(IdnForm).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _ports = options.AllowedPorts.ToFrozenSet();
    }

    private static AddressBlock[] Loopback => [AddressBlock.Parse("127.0.0.0/8"), AddressBlock.Parse("::1/128")];

    /// <summary>
    /// Whether the host may be called whatever it resolves to. <paramref name="host"/> is in its IDN form.
    /// </summary>
    public bool IsAllowedHost(string host) => _hosts.Contains(host);

    /// <summary>
    /// Judges what is known before the name is looked up. <paramref name="host"/> is in its IDN form, without brackets.
    /// </summary>
    /// <exception cref="BlockedAddressException">The port is not allowed, or the host has a zone.</exception>
    public void CheckHost(string host, int port)
    {
        if (_ports.Count > 0 && !_ports.Contains(port))
        {
            throw BlockedAddressException.ForPort(host, port);
        }

        if (host.Contains('%', StringComparison.Ordinal))
        {
            throw BlockedAddressException.ForZone(host);
        }
    }

    /// <summary>
    /// Judges what the host resolved to. One refused address refuses the host: a receiver that mixes public and private ones is no mistake.
    /// </summary>
    /// <exception cref="BlockedAddressException">One of the addresses may not be called.</exception>
    public void CheckAddresses(string host, ReadOnlySpan<IPAddress> addresses)
    {
        if (IsAllowedHost(host))
        {
            return;
        }

        foreach (IPAddress address in addresses)
        {
            if (!IsAllowed(address))
            {
                throw BlockedAddressException.ForAddress(host);
            }
        }
    }

    private static string IdnForm(string host)
    {
        // Uri's own IDN form, because that is what the handler hands to the connector.
        return Uri.CheckHostName(host) == UriHostNameType.Dns && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out Uri? uri)
            ? uri.IdnHost
            : throw new ArgumentException($"'{host}' is not a host name. Write it without scheme, port or path; addresses go to AllowedNetworks.", nameof(host));
    }

    private bool IsAllowed(IPAddress address)
    {
        if (PublicAddress.IsPublic(address))
        {
            return true;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0)
        {
            return false;
        }

        UInt128 number = AddressBlock.NumberOf(address);

        return _networks.Any(network => network.Contains(number));
    }
}
