using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk.Http;

/// <summary>
/// A range of IP addresses that share a prefix, as CIDR text says it (<c>10.0.0.0/8</c>, <c>fd00::/8</c>).
/// </summary>
/// <remarks>
/// IPv4 is counted inside IPv6 as <c>::ffff:a.b.c.d</c> (RFC 4291 section 2.5.5.2), so an IPv4 address and its mapped form are one number
/// and no rule can be passed by writing one as the other. The default value holds every address. Immutable.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AddressBlock
{
    private const int Bits = 128;
    private const int Ipv4Bits = 32;

    private readonly UInt128 _first;
    private readonly UInt128 _mask;

    private AddressBlock(IPNetwork network)
    {
        int length = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            ? network.PrefixLength + (Bits - Ipv4Bits)
            : network.PrefixLength;

        // A shift by all 128 bits would shift by none.
        _mask = length == 0 ? UInt128.Zero : UInt128.MaxValue << (Bits - length);
        _first = NumberOf(network.BaseAddress) & _mask;
    }

    /// <summary>
    /// Reads CIDR text: an address, a slash, the length of the prefix. Bits after the prefix are of no account.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="cidr"/> is not such text.</exception>
    public static AddressBlock Parse(string cidr)
    {
        return IPNetwork.TryParse(cidr, out IPNetwork network)
            ? new AddressBlock(network)
            : throw new ArgumentException(
                $"'{cidr}' is not an address range. Write its first address, a slash and the length of its prefix, for example 10.20.0.0/16.", nameof(cidr));
    }

    /// <summary>
    /// The address as a number of 128 bits. A scope id is not part of it.
    /// </summary>
    public static UInt128 NumberOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Bits / 8];
        bytes.Clear();

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[10] = 0xff;
            bytes[11] = 0xff;
            address.TryWriteBytes(bytes[12..], out _);
        }
        else
        {
            address.TryWriteBytes(bytes, out _);
        }

        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>
    /// Whether the address that <see cref="NumberOf"/> gave this number lies in the range.
    /// </summary>
    public bool Contains(UInt128 number) => (number & _mask) == _first;
}
