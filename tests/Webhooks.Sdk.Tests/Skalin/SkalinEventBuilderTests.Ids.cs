using System;
using System.Linq;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Skalin;

public sealed partial class SkalinEventBuilderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("e07595f29f1928y")]
    [InlineData("e07595f29f1928y55")]
    public void WithId_NotOf16Characters_IsRefused(string id)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(id), () => SkalinEvent.For("c").WithId(id));

        Assert.Contains(FormattableString.Invariant($"exactly 16 characters, but this one has {id.Length}."), refused.Message);
    }

    [Theory]
    [InlineData("e07595f2 f1928y5", "U+0020 at position 8")]
    [InlineData("e07595f29f1928y\u007F", "U+007F at position 15")]
    [InlineData("é07595f29f1928y5", "U+00E9 at position 0")]
    [InlineData("e07595f29f1928y\n", "U+000A at position 15")]
    public void WithId_NotOfVisibleAscii_IsRefused(string id, string problem)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(id), () => SkalinEvent.For("c").WithId(id));

        Assert.Contains(problem, refused.Message);
    }

    [Fact]
    public void WithId_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("id", () => SkalinEvent.For("c").WithId(null!));
    }

    [Fact]
    public void WithId_AnyVisibleAscii_IsTaken()
    {
        foreach (char[] characters in Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Chunk(16))
        {
            string id = new string(characters).PadRight(16, '~');

            Assert.Equal(id, SkalinEvent.For("c").WithFeature("f", 1).WithId(id).Build().Id);
        }
    }

    [Fact]
    public void WithIdFrom_TheSameSource_GivesTheSameIdAndAnotherSourceAnother()
    {
        Assert.Equal(IdFrom("order-4711"), IdFrom("order-4711"));
        Assert.NotEqual(IdFrom("order-4711"), IdFrom("order-4712"));

        static string IdFrom(string sourceId) => SkalinEvent.For("c").WithFeature("f", 1).WithIdFrom(sourceId).Build().Id;
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void WithIdFrom_WhatIsNoSource_IsRefused(string sourceId)
    {
        Assert.Throws<ArgumentException>(nameof(sourceId), () => SkalinEvent.For("c").WithIdFrom(sourceId));
    }

    [Fact]
    public void WithIdFrom_HalfACharacter_IsRefused()
    {
        var refused = Assert.Throws<ArgumentException>("sourceId", () => SkalinEvent.For("c").WithIdFrom("order-\uDC00"));

        Assert.Contains("half of a surrogate pair (U+DC00) at position 6", refused.Message);
    }
}
