using System.Collections.Generic;
using System.Linq;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Skalin;

public sealed class SkalinEventIdTests
{
    [Fact]
    public void New_Always_Is16OfDigitsAndSmallLetters()
    {
        string[] ids = [.. Enumerable.Range(0, 1_000).Select(_ => SkalinEventId.New())];

        Assert.All(ids, id => Assert.Matches("^[0-9a-z]{16}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void New_Always_TakesEachCharacterEquallyOften()
    {
        const int Ids = 18_000;
        const int Expected = Ids * 16 / 36;
        var counts = new Dictionary<char, int>();

        foreach (char character in Enumerable.Range(0, Ids).SelectMany(_ => SkalinEventId.New()))
        {
            counts[character] = counts.GetValueOrDefault(character) + 1;
        }

        // A byte modulo 36 would take the first four characters 14 % too often; chance alone takes none 8 % too often (7 standard deviations).
        Assert.Equal(36, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, Expected * 92 / 100, Expected * 108 / 100));
    }

    [Theory]
    [InlineData("order-4711/activated", "6t87druo3uvlvzf8")]
    [InlineData("Žluťoučký 😀", "x8ad70qd6r087ubs")]
    public void From_KnownSource_IsTheSameInEveryProcess(string sourceId, string expected)
    {
        Assert.Equal(expected, SkalinEventId.From(sourceId));
    }

    [Fact]
    public void ToRequestId_IdOfLettersAndDigits_KeepsItReadable()
    {
        Assert.Equal("skalin_e07595f29f1928y5", SkalinEventId.ToRequestId("e07595f29f1928y5"));
        Assert.Equal("skalin_E07595F29F_928-5", SkalinEventId.ToRequestId("E07595F29F_928-5"));
    }

    [Fact]
    public void ToRequestId_IdOfOtherCharacters_IsHexadecimal()
    {
        string requestId = SkalinEventId.ToRequestId("e07595f29f1928~!");

        Assert.Equal("skalin_65303735393566323966313932387e21", requestId);
        Assert.InRange(requestId.Length, 1, WebhookId.MaxLength);
    }

    [Fact]
    public void ToRequestId_TwoIds_NeverShareOne()
    {
        string[] ids = ["e07595f29f1928y5", "e07595f29f1928y.", "e07595f29f1928y:", "E07595f29f1928y5"];

        Assert.Equal(ids.Length, ids.Select(SkalinEventId.ToRequestId).Distinct().Count());
    }
}
