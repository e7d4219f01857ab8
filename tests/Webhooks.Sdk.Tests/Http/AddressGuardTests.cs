using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.255.254", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("126.255.255.255", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("::2", false)]
    [InlineData("64:ff9b::127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    public void CheckAddresses_LoopbackAllowed_LetsOnlyLoopbackThrough(string address, bool allowed)
    {
        var guard = new AddressGuard(new WebhookOptions { AllowLoopback = true });

        Assert.Equal(allowed, Allows(guard, "receiver.example", address));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void CheckAddresses_ByDefault_RefusesLoopback(string address)
    {
        Assert.False(Allows(new AddressGuard(new WebhookOptions()), "localhost", address));
    }

    [Fact]
    public void CheckAddresses_OneOfManyRefused_RefusesTheHost()
    {
        var guard = new AddressGuard(new WebhookOptions());

        Assert.True(Allows(guard, "receiver.example", "1.1.1.1", "2606:4700:4700::1111"));
        Assert.False(Allows(guard, "receiver.example", "1.1.1.1", "2606:4700:4700::1111", "10.0.0.1"));
        Assert.False(Allows(guard, "receiver.example", "10.0.0.1", "1.1.1.1"));
    }

    [Theory]
    [InlineData("10.20.255.255", true)]
    [InlineData("::ffff:10.20.0.1", true)]
    [InlineData("10.21.0.0", false)]
    [InlineData("fd00:12::9", true)]
    [InlineData("fd00:13::9", false)]
    [InlineData("64:ff9b::10.20.0.1", false)]
    [InlineData("fd00:12::9%2", false)]
    public void CheckAddresses_NetworkAllowed_LetsItsAddressesThrough(string address, bool allowed)
    {
        var guard = new AddressGuard(new WebhookOptions { AllowedNetworks = { "10.20.0.0/16", "fd00:12::/32" } });

        Assert.Equal(allowed, Allows(guard, "crm.internal", address));
    }

    [Theory]
    [InlineData("crm.internal", true)]
    [InlineData("CRM.Internal", true)]
    [InlineData("xn--bro-hoa.internal", true)]
    [InlineData("crm.internal.", false)]
    [InlineData("a.crm.internal", false)]
    [InlineData("internal", false)]
    public void CheckAddresses_HostAllowed_PassesWhateverItResolvesTo(string host, bool allowed)
    {
        var guard = new AddressGuard(new WebhookOptions { AllowedHosts = { "Crm.internal", "BÜRO.internal" } });

        Assert.Equal(allowed, Allows(guard, host, "169.254.169.254"));
    }

    [Fact]
    public void CheckHost_PortsListed_RefusesTheOthers()
    {
        var guard = new AddressGuard(new WebhookOptions { AllowedPorts = { 443, 8443 }, AllowedHosts = { "crm.internal" } });

        guard.CheckHost("receiver.example", 443);
        guard.CheckHost("receiver.example", 8443);
        BlockedAddressException refusal = Assert.Throws<BlockedAddressException>(() => guard.CheckHost("crm.internal", 80));

        Assert.Contains("'crm.internal'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("port 80", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AllowedPorts", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckHost_NoPortsListed_LetsAnyThrough()
    {
        new AddressGuard(new WebhookOptions()).CheckHost("receiver.example", 65_535);
    }

    [Theory]
    [InlineData("2606:4700:4700::1111%eth0")]
    [InlineData("fe80::1%25lo")]
    public void CheckHost_AddressWithZone_IsRefused(string host)
    {
        var guard = new AddressGuard(new WebhookOptions());

        Assert.Throws<BlockedAddressException>(() => guard.CheckHost(host, 80));
    }

    [Fact]
    public void CheckAddresses_Refused_SaysHostAndOptionsAndNoAddress()
    {
        var guard = new AddressGuard(new WebhookOptions());

        BlockedAddressException refusal =
            Assert.Throws<BlockedAddressException>(() => guard.CheckAddresses("receiver.example", [IPAddress.Parse("10.99.88.77")]));

        Assert.Contains("'receiver.example'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AllowedNetworks", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AllowedHosts", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AllowLoopback", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("10.99", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://crm.internal")]
    [InlineData("crm.internal:8080")]
    [InlineData("crm.internal/path")]
    [InlineData("10.0.0.1")]
    [InlineData("")]
    public void New_AllowedHostIsNoHostName_Throws(string host)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new AddressGuard(new WebhookOptions { AllowedHosts = { host } }));

        Assert.Contains("is not a host name", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_AllowedNetworkIsNoRange_Throws()
    {
        Assert.Throws<ArgumentException>(() => new AddressGuard(new WebhookOptions { AllowedNetworks = { "10.0.0.1" } }));
    }

    [Fact]
    public void New_OptionsChangedLater_KeepsWhatItRead()
    {
        var options = new WebhookOptions();
        var guard = new AddressGuard(options);

        options.AllowLoopback = true;
        options.AllowedNetworks.Add("10.0.0.0/8");
        options.AllowedHosts.Add("crm.internal");

        Assert.False(Allows(guard, "crm.internal", "10.0.0.1"));
        Assert.False(Allows(guard, "localhost", "127.0.0.1"));
    }

    [Fact]
    public void Find_WrappedRefusal_IsFound()
    {
        BlockedAddressException refusal = BlockedAddressException.ForAddress("receiver.example");

        Assert.Same(refusal, BlockedAddressException.Find(refusal));
        Assert.Same(refusal, BlockedAddressException.Find(new HttpRequestException("outer", new InvalidOperationException("inner", refusal))));
        Assert.Null(BlockedAddressException.Find(new HttpRequestException("outer", new InvalidOperationException("inner"))));
        Assert.Null(BlockedAddressException.Find(null));
    }

    private static bool Allows(AddressGuard guard, string host, params string[] addresses)
    {
        try
        {
            guard.CheckAddresses(host, addresses.Select(IPAddress.Parse).ToArray());

            return true;
        }
        catch (BlockedAddressException)
        {
            return false;
        }
    }
}
