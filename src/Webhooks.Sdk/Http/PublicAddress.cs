using System;
using System.Net;
using System.Net.Sockets;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Tells addresses of the public Internet from all others.
/// </summary>
/// <remarks>
/// The table follows the IANA IPv4 and IPv6 Special-Purpose Address Registries. For IPv6 the rule is the other way about: nothing is public
/// but what IANA has opened for global unicast, less the special blocks inside it, so a form that nobody thought of is refused.
/// Allocates nothing. Safe for use by many threads.
/// </remarks>
internal static class PublicAddress
{
    private static readonly AddressBlock Ipv4 = AddressBlock.Parse("::ffff:0:0/96");

    // RFC 4291 section 2.4: all that IANA has opened so far. ::/8 with its IPv4 look-alikes, fc00::/7, fe80::/9 and ff00::/8 lie outside.
    private static readonly AddressBlock GlobalUnicast = AddressBlock.Parse("2000::/3");

    // RFC 6052: the last 32 bits are the IPv4 address that the gateway will call. The rest of 64:ff9b::/32 lies outside global unicast.
    private static readonly AddressBlock Nat64 = AddressBlock.Parse("64:ff9b::/96");

    private static readonly AddressBlock[] Special =
    [
        AddressBlock.Parse("0.0.0.0/8"),          // this network                     RFC 791 section 3.2
        AddressBlock.Parse("10.0.0.0/8"),         // private use                      RFC 1918
        AddressBlock.Parse("100.64.0.0/10"),      // carrier-grade NAT                RFC 6598
        AddressBlock.Parse("127.0.0.0/8"),        // loopback                         RFC 1122 section 3.2.1.3
        AddressBlock.Parse("168.63.129.16/32"),   // Azure's host: DNS, keys, health  Azure: "What is IP address 168.63.129.16?"
        AddressBlock.Parse("169.254.0.0/16"),     // link local, cloud metadata       RFC 3927
        AddressBlock.Parse("172.16.0.0/12"),      // private use                      RFC 1918
        AddressBlock.Parse("192.0.0.0/24"),       // protocol assignments             RFC 6890 section 2.1
        AddressBlock.Parse("192.0.2.0/24"),       // documentation                    RFC 5737
        AddressBlock.Parse("192.88.99.0/24"),     // 6to4 relays, withdrawn           RFC 7526
        AddressBlock.Parse("192.168.0.0/16"),     // private use                      RFC 1918
        AddressBlock.Parse("198.18.0.0/15"),      // benchmarks                       RFC 2544
        AddressBlock.Parse("198.51.100.0/24"),    // documentation                    RFC 5737
        AddressBlock.Parse("203.0.113.0/24"),     // documentation                    RFC 5737
        AddressBlock.Parse("224.0.0.0/4"),        // multicast                        RFC 5771
        AddressBlock.Parse("240.0.0.0/4"),        // reserved, and broadcast          RFC 1112 section 4, RFC 919
        AddressBlock.Parse("2001::/23"),          // protocol assignments, Teredo     RFC 2928, RFC 4380
        AddressBlock.Parse("2001:db8::/32"),      // documentation                    RFC 3849
        AddressBlock.Parse("2002::/16"),          // 6to4: any IPv4 inside            RFC 3056
        AddressBlock.Parse("3fff::/20"),          // documentation                    RFC 9637
    ];

    /// <summary>
    /// Whether <paramref name="address"/> is one of the public Internet. An address with a scope id (<c>%eth0</c>) never is.
    /// </summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0)
        {
            return false;
        }

        UInt128 number = AddressBlock.NumberOf(address);

        if (Nat64.Contains(number))
        {
            number = new UInt128(0, 0xffff_0000_0000UL | (uint)number);
        }

        if (!Ipv4.Contains(number) && !GlobalUnicast.Contains(number))
        {
            return false;
        }

        foreach (AddressBlock block in Special)
        {
            if (block.Contains(number))
            {
                return false;
            }
        }

        return true;
    }
}
