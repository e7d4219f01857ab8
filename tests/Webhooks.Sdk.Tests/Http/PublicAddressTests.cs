using System;
using System.Linq;
using System.Net;
using System.Numerics;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class PublicAddressTests
{
    public static TheoryData<string> Blocks => [.. AddressOracle.RefusedIpv4, .. AddressOracle.RefusedIpv6];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void IsPublic_FirstAndLastOfARefusedBlock_ReturnsFalse(string cidr)
    {
        (string first, string last) = EdgesOf(cidr);

        Assert.False(PublicAddress.IsPublic(AddressOracle.AddressOf(first)), first);
        Assert.False(PublicAddress.IsPublic(AddressOracle.AddressOf(last)), last);
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void IsPublic_NextToARefusedBlock_FollowsTheNeighbour(string cidr)
    {
        (string first, string last) = EdgesOf(cidr);

        foreach (IPAddress neighbour in new[] { Step(first, -1), Step(last, +1) }.OfType<IPAddress>())
        {
            Assert.Equal(AddressOracle.IsPublic(neighbour), PublicAddress.IsPublic(neighbour));
        }
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2000::")]
    [InlineData("2001:200::")]
    [InlineData("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db9::")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("3fff:1000::")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    public void IsPublic_AddressOfThePublicInternet_ReturnsTrue(string address)
    {
        Assert.True(PublicAddress.IsPublic(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:a00:1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("::5efe:10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b::168.63.129.16")]
    [InlineData("64:ff9b::1:1.1.1.1")]
    [InlineData("64:ff9b:1::1.1.1.1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("4000::")]
    [InlineData("2606:4700:4700::1111%3")]
    public void IsPublic_PrivateAddressInDisguise_ReturnsFalse(string address)
    {
        Assert.False(PublicAddress.IsPublic(IPAddress.Parse(address)));
    }

    [Fact]
    public void IsPublic_MillionRandomAddresses_AgreesWithTheOracle()
    {
        const int Seed = 20_260_801;
        var random = new Random(Seed);
        string[] ipv4 = [.. AddressOracle.RefusedIpv4.Select(AddressOracle.PrefixOf)];
        string[] ipv6 = [.. AddressOracle.RefusedIpv6.Append("64:ff9b::/96").Append("::ffff:0:0/96").Append("2000::/3").Select(AddressOracle.PrefixOf)];
        int open = 0;

        for (int i = 0; i < 1_000_000; i++)
        {
            IPAddress address = i % 2 == 0 ? NextAddress(random, 4, ipv4) : NextAddress(random, 16, ipv6);
            bool expected = AddressOracle.IsPublic(address);
            open += expected ? 1 : 0;

            if (PublicAddress.IsPublic(address) != expected)
            {
                Assert.Fail($"{address}: the oracle says {expected}.");
            }
        }

        // Both verdicts must be common, or the comparison would prove little.
        Assert.InRange(open, 200_000, 800_000);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("2606:4700:4700::1111")]
    public void IsPublic_OnceWarm_AllocatesNothing(string text)
    {
        var address = IPAddress.Parse(text);
        PublicAddress.IsPublic(address);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            PublicAddress.IsPublic(address);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Uniform, or inside a block of interest, or one flipped bit away from such an address.</summary>
    private static IPAddress NextAddress(Random random, int length, string[] prefixes)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        int kind = random.Next(3);

        if (kind == 0)
        {
            return new IPAddress(bytes);
        }

        string prefix = prefixes[random.Next(prefixes.Length)];

        for (int bit = 0; bit < prefix.Length; bit++)
        {
            SetBit(bytes, bit, prefix[bit] == '1');
        }

        if (kind == 2)
        {
            int bit = random.Next(length * 8);
            bytes[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        }

        return new IPAddress(bytes);
    }

    private static void SetBit(byte[] bytes, int bit, bool value)
    {
        byte mask = (byte)(0x80 >> (bit % 8));
        bytes[bit / 8] = (byte)(value ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
    }

    private static (string First, string Last) EdgesOf(string cidr)
    {
        string prefix = AddressOracle.PrefixOf(cidr);
        int length = cidr.Contains(':', StringComparison.Ordinal) ? 128 : 32;

        return (prefix.PadRight(length, '0'), prefix.PadRight(length, '1'));
    }

    private static IPAddress? Step(string bits, int by)
    {
        byte[] bytes = AddressOracle.AddressOf(bits).GetAddressBytes();
        BigInteger next = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + by;

        if (next.Sign < 0 || next >= BigInteger.One << bits.Length)
        {
            return null;
        }

        byte[] stepped = next.ToByteArray(isUnsigned: true, isBigEndian: true);

        return new IPAddress([.. new byte[bytes.Length - stepped.Length], .. stepped]);
    }
}
