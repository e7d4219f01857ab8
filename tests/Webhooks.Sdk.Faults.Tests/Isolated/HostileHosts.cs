using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Webhooks.Sdk.Tests.Http;

namespace Webhooks.Sdk.Faults.Tests.Isolated;

/// <summary>
/// Addresses that must not be called, in every way in which a URL can spell them.
/// </summary>
internal static class HostileHosts
{
    /// <summary>Gets the first, a middle and the last address of every refused block.</summary>
    public static IReadOnlyList<IPAddress> Addresses { get; } =
        [.. AddressOracle.RefusedIpv4.Concat(AddressOracle.RefusedIpv6).SelectMany(Samples).Distinct()];

    /// <summary>Spells an address as the host of a URL.</summary>
    public static IEnumerable<string> Spell(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? SpellIpv4(address.GetAddressBytes(), address.ToString())
        : SpellIpv6(address);

    private static IEnumerable<IPAddress> Samples(string block)
    {
        string prefix = AddressOracle.PrefixOf(block);
        int length = block.Contains(':', StringComparison.Ordinal) ? 128 : 32;

        return new[] { prefix.PadRight(length, '0'), (prefix + "01").PadRight(length, '1')[..length], prefix.PadRight(length, '1') }
            .Select(AddressOracle.AddressOf);
    }

    private static IEnumerable<string> SpellIpv4(byte[] octets, string dotted)
    {
        uint number = BitConverter.ToUInt32([.. octets.Reverse()]);
        string groups = Invariant($"{(octets[0] << 8) | octets[1]:x}:{(octets[2] << 8) | octets[3]:x}");

        return
        [
            dotted,
            $"{dotted}.",
            Invariant($"{number}"),
            Invariant($"0x{number:x}"),
            Invariant($"0x{number:X8}"),
            $"0{Convert.ToString(number, 8)}",
            string.Join('.', octets.Select(octet => $"0{Convert.ToString(octet, 8)}")),
            string.Join('.', octets.Select(octet => Invariant($"0x{octet:x}"))),
            Invariant($"{octets[0]}.{number & 0xff_ffff}"),
            Invariant($"{octets[0]}.{octets[1]}.{number & 0xffff}"),
            new string([.. dotted.Select(character => character == '.' ? '。' : (char)('０' + character - '0'))]),
            string.Concat(dotted.Select(character => Invariant($"%{(int)character:X2}"))),
            $"1.1.1.1@{dotted}",
            $"[::ffff:{dotted}]",
            $"[::ffff:{groups}]",
            $"[::{dotted}]",
            $"[::ffff:0:{dotted}]",
            $"[64:ff9b::{dotted}]",
            $"[64:ff9b:1::{dotted}]",
            $"[2002:{groups}::]",
            $"[::5efe:{dotted}]",
            $"[2001::{groups}]",
        ];
    }

    private static IEnumerable<string> SpellIpv6(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        string full = string.Join(':', bytes.Chunk(2).Select(pair => Invariant($"{pair[0]:x2}{pair[1]:x2}")));

        return [$"[{address}]", $"[{full}]", $"[{full.ToUpperInvariant()}]", $"[{address}%25lo]", $"[{address}%lo]", $"[{address}%1]"];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
