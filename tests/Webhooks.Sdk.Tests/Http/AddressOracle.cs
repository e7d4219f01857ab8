using System;
using System.Globalization;
using System.Linq;
using System.Net;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>
/// Says which addresses are public by comparing bits as text, from tables of its own: the IANA special-purpose registries entry by entry,
/// the other reserved spaces, and the addresses that clouds keep for themselves. Slow and plain on purpose.
/// </summary>
internal static class AddressOracle
{
    public static readonly string[] RefusedIpv4 =
    [
        // IANA IPv4 Special-Purpose Address Registry, all that is not globally reachable
        "0.0.0.0/8", "0.0.0.0/32", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.170/32", "192.0.0.171/32", "192.0.2.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",

        // multicast, the withdrawn 6to4 relays, Azure's host
        "224.0.0.0/4", "192.88.99.0/24", "168.63.129.16/32",
    ];

    public static readonly string[] RefusedIpv6 =
    [
        // IANA IPv6 Special-Purpose Address Registry, all that is not globally reachable, but 64:ff9b::/96 and ::ffff:0:0/96
        "::1/128", "::/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:2::/48", "2001:10::/28",
        "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",

        // site-local, multicast, SIIT, ISATAP, cloud metadata, the local-use NAT64 space
        "fec0::/10", "ff00::/8", "::ffff:0:0:0/96", "::5efe:0:0/96", "fd00:ec2::254/128", "64:ff9b:0:0:0:1::/96",

        // every part of the space that IANA has not opened for global unicast (its IPv6 address space registry)
        "100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "4000::/3", "6000::/3", "8000::/3", "a000::/3", "c000::/3", "e000::/4", "f000::/5",
        "f800::/6", "fe00::/9",
    ];

    private static readonly string[] RefusedIpv4Bits = [.. RefusedIpv4.Select(PrefixOf)];
    private static readonly string[] RefusedIpv6Bits = [.. RefusedIpv6.Select(PrefixOf)];
    private static readonly string Mapped = PrefixOf("::ffff:0:0/96");
    private static readonly string Nat64 = PrefixOf("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        string bits = BitsOf(address);

        if (bits.Length == 32)
        {
            return !RefusedIpv4Bits.Any(prefix => bits.StartsWith(prefix, StringComparison.Ordinal));
        }

        if (bits.StartsWith(Mapped, StringComparison.Ordinal) || bits.StartsWith(Nat64, StringComparison.Ordinal))
        {
            return !RefusedIpv4Bits.Any(prefix => bits[96..].StartsWith(prefix, StringComparison.Ordinal));
        }

        return !bits.StartsWith("00000000", StringComparison.Ordinal)
            && !RefusedIpv6Bits.Any(prefix => bits.StartsWith(prefix, StringComparison.Ordinal));
    }

    public static string BitsOf(IPAddress address) =>
        string.Concat(address.GetAddressBytes().Select(octet => octet.ToString("b8", CultureInfo.InvariantCulture)));

    public static IPAddress AddressOf(string bits) =>
        new([.. bits.Chunk(8).Select(octet => Convert.ToByte(new string(octet), fromBase: 2))]);

    public static string PrefixOf(string cidr)
    {
        string[] parts = cidr.Split('/');

        return BitsOf(IPAddress.Parse(parts[0]))[..int.Parse(parts[1], CultureInfo.InvariantCulture)];
    }
}
