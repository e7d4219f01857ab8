using System;
using System.Linq;
using Webhooks.Sdk.Subscriptions;
using Xunit;

namespace Webhooks.Sdk.Tests.Subscriptions;

public sealed class EventTypePatternTests
{
    [Theory]
    [InlineData("*", "a", true)]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("a", "a.b", false)]
    [InlineData("a.*", "a", false)]
    [InlineData("a.*", "a.b", true)]
    [InlineData("a.*", "a.b.c", true)]
    [InlineData("a.*", "ab.c", false)]
    [InlineData("a.b.*", "a.b", false)]
    [InlineData("a.b.*", "a.bc", false)]
    [InlineData("a.b.*", "a.b.c", true)]
    public void Covers_Table(string pattern, string type, bool expected)
    {
        Assert.Equal(expected, Covers(pattern, type));
        Assert.Equal(expected, EventTypePattern.Covering(type).Contains(pattern));
    }

    [Fact]
    public void Covering_RandomShapes_IsWhatCovers()
    {
        var random = new Random(20260301);

        for (int i = 0; i < 20_000; i++)
        {
            string type = Groups(random);
            string pattern = random.Next(4) switch { 0 => "*", 1 => Groups(random), _ => $"{Groups(random)}.*" };

            Assert.Equal(Covers(pattern, type), EventTypePattern.Covering(type).Contains(pattern));
        }

        static string Groups(Random random) => string.Join('.', Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(3) == 0 ? "ab" : "a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".*")]
    [InlineData("a*")]
    [InlineData("*.a")]
    [InlineData("a.*.b")]
    [InlineData("a..*")]
    [InlineData("a b")]
    public void Validate_NoPattern_Throws(string pattern)
    {
        Assert.ThrowsAny<ArgumentException>(() => EventTypePattern.Validate(pattern, nameof(pattern)));
    }

    // The same, said another way.
    private static bool Covers(string pattern, string type) =>
        pattern == "*" || pattern == type || (pattern.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(pattern[..^1], StringComparison.Ordinal));
}
