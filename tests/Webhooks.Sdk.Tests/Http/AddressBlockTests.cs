using System;
using System.Net;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class AddressBlockTests
{
    [Theory]
    [InlineData("10.20.0.0/16", "10.20.255.255", true)]
    [InlineData("10.20.0.0/16", "10.21.0.0", false)]
    [InlineData("10.20.30.40/16", "10.20.255.255", true)]
    [InlineData("10.20.0.0/16", "::ffff:10.20.1.2", true)]
    [InlineData("::ffff:10.20.0.0/112", "10.20.1.2", true)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "10.0.0.1", true)]
    [InlineData("10.0.0.7/32", "10.0.0.7", true)]
    [InlineData("10.0.0.7/32", "10.0.0.6", false)]
    [InlineData("fd00:12::/32", "fd00:12:ffff::1", true)]
    [InlineData("fd00:12::/32", "fd00:13::", false)]
    public void Contains_Address_ComparesThePrefix(string cidr, string address, bool expected)
    {
        var block = AddressBlock.Parse(cidr);

        Assert.Equal(expected, block.Contains(AddressBlock.NumberOf(IPAddress.Parse(address))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.20.0.0")]
    [InlineData("10.20.0.0/33")]
    [InlineData("crm.internal/8")]
    public void Parse_NotARange_SaysWhatIsExpected(string cidr)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => AddressBlock.Parse(cidr));

        Assert.Equal("cidr", exception.ParamName);
        Assert.Contains("10.20.0.0/16", exception.Message, StringComparison.Ordinal);
    }
}
