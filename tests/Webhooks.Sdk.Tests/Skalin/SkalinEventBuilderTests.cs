using System;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Skalin;

public sealed partial class SkalinEventBuilderTests
{
    private static readonly DateTimeOffset Timestamp = new(2021, 5, 8, 14, 0, 5, TimeSpan.FromHours(2));
    private static readonly TimeOnly LocalTime = new(8, 0, 5);

    [Fact]
    public void Build_AfterEverythingWasSaid_HoldsIt()
    {
        SkalinEvent built = SkalinEvent.For("customer1234")
            .WithFeature("ActivationService", score: 5)
            .WithId("e07595f29f1928y5")
            .OccurredAt(Timestamp, LocalTime)
            .Build();

        Assert.Equal("e07595f29f1928y5", built.Id);
        Assert.Equal("customer1234", built.CustomerId);
        Assert.Equal("ActivationService", built.Feature);
        Assert.Equal(5, built.Score);
        Assert.Equal(Timestamp, built.Timestamp);
        Assert.Equal(TimeSpan.Zero, built.Timestamp!.Value.Offset);
        Assert.Equal(LocalTime, built.LocalTime);
    }

    [Fact]
    public void Build_AfterTheLeastWasSaid_LeavesTimesOutAndMakesAnId()
    {
        SkalinEvent built = SkalinEvent.For("customer1234").WithFeature("ActivationService", 5).Build();

        Assert.Equal(16, built.Id.Length);
        Assert.All(built.Id, character => Assert.True(char.IsAsciiDigit(character) || char.IsAsciiLetterLower(character)));
        Assert.Null(built.Timestamp);
        Assert.Null(built.LocalTime);
    }

    [Fact]
    public void Build_WithoutFeature_IsRefused()
    {
        SkalinEventBuilder builder = SkalinEvent.For("customer1234");

        var refused = Assert.Throws<ArgumentException>("feature", () => builder.Build());

        Assert.Contains("WithFeature", refused.Message);
        Assert.Equal(3, builder.WithFeature("ActivationService", 3).Build().Score);
    }

    [Fact]
    public void Build_ASecondTime_IsRefusedAndSoIsAnyOtherCall()
    {
        SkalinEventBuilder builder = SkalinEvent.For("customer1234").WithFeature("ActivationService", 5);
        builder.Build();

        Assert.Throws<InvalidOperationException>(() => builder.Build());
        Assert.Throws<InvalidOperationException>(() => builder.WithFeature("ActivationService", 5));
        Assert.Throws<InvalidOperationException>(() => builder.WithId("e07595f29f1928y5"));
        Assert.Throws<InvalidOperationException>(() => builder.WithIdFrom("order-4711"));
        Assert.Throws<InvalidOperationException>(() => builder.OccurredAt(Timestamp));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \t", "blank")]
    [InlineData(" customer1234", "either end")]
    [InlineData("customer1234\u00A0", "either end")]
    [InlineData("customer\r\n1234", "U+000D at position 8")]
    [InlineData("customer\u00851234", "U+0085 at position 8")]
    public void For_NoCustomerId_IsRefused(string customerId, string problem)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(customerId), () => SkalinEvent.For(customerId));

        Assert.Contains(problem, refused.Message);
        Assert.DoesNotContain("1234", refused.Message);
    }

    // An attribute cannot hold such text: it is stored as UTF-8.
    [Fact]
    public void For_HalfACharacter_IsRefused()
    {
        var refused = Assert.Throws<ArgumentException>("customerId", () => SkalinEvent.For("customer\uD83D"));

        Assert.Contains("half of a surrogate pair (U+D83D) at position 8", refused.Message);
    }

    [Fact]
    public void For_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("customerId", () => SkalinEvent.For(null!));
    }

    [Fact]
    public void For_CustomerIdOf255Characters_IsTheLongest()
    {
        Assert.Equal(255, SkalinEvent.For(new string('c', 255)).WithFeature("f", 1).Build().CustomerId.Length);
        var refused = Assert.Throws<ArgumentException>("customerId", () => SkalinEvent.For(new string('c', 256)));
        Assert.Contains("1 to 255 characters, but this one has 256", refused.Message);
    }

    [Theory]
    [InlineData("acme.example")]
    [InlineData("Société Générale 😀")]
    public void For_AnyOtherText_IsTaken(string customerId)
    {
        Assert.Equal(customerId, SkalinEvent.For(customerId).WithFeature("f", 1).Build().CustomerId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void WithFeature_ScoreFrom1To5_IsTaken(int score)
    {
        Assert.Equal(score, SkalinEvent.For("c").WithFeature("f", score).Build().Score);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(int.MaxValue)]
    public void WithFeature_AnyOtherScore_IsRefused(int score)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(nameof(score), () => SkalinEvent.For("c").WithFeature("f", score));

        Assert.Contains(FormattableString.Invariant($"from 1 (very bad) to 5 (very good), but was {score}."), refused.Message);
    }

    [Fact]
    public void WithFeature_BadScoreWhereMinusIsAnotherCharacter_IsToldInPlainDigits()
    {
        using var finnish = new CultureScope("fi-FI");

        var refused = Assert.Throws<ArgumentOutOfRangeException>("score", () => SkalinEvent.For("c").WithFeature("f", -1));

        Assert.Contains("but was -1.", refused.Message);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n", "blank")]
    public void WithFeature_BlankName_IsRefused(string name, string problem)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(name), () => SkalinEvent.For("c").WithFeature(name, 5));

        Assert.Contains(problem, refused.Message);
    }

    [Fact]
    public void WithFeature_NullName_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("name", () => SkalinEvent.For("c").WithFeature(null!, 5));
    }

    [Fact]
    public void WithFeature_NameOf255Characters_IsTheLongest()
    {
        Assert.Equal(255, SkalinEvent.For("c").WithFeature(new string('f', 255), 5).Build().Feature.Length);
        var refused = Assert.Throws<ArgumentException>("name", () => SkalinEvent.For("c").WithFeature(new string('f', 256), 5));
        Assert.Contains("1 to 255 characters, but this one has 256", refused.Message);
    }

    [Fact]
    public void WithFeature_AfterARefusal_KeepsWhatWasSaidBefore()
    {
        SkalinEventBuilder builder = SkalinEvent.For("c").WithFeature("first", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.WithFeature("second", 9));

        SkalinEvent built = builder.Build();

        Assert.Equal(("first", 1), (built.Feature, built.Score));
    }

    [Fact]
    public void OccurredAt_LocalDateTime_IsConvertedToUtc()
    {
        var local = new DateTime(2021, 5, 8, 12, 0, 5, DateTimeKind.Local);

        SkalinEvent built = SkalinEvent.For("c").WithFeature("f", 1).OccurredAt(local, LocalTime).Build();

        Assert.Equal(local.ToUniversalTime(), built.Timestamp!.Value.DateTime);
        Assert.Equal(TimeSpan.Zero, built.Timestamp.Value.Offset);
        Assert.Equal(LocalTime, built.LocalTime);
    }

    [Fact]
    public void OccurredAt_UtcDateTime_IsKept()
    {
        var utc = new DateTime(2021, 5, 8, 12, 0, 5, DateTimeKind.Utc);

        SkalinEvent built = SkalinEvent.For("c").WithFeature("f", 1).OccurredAt(utc).Build();

        Assert.Equal(new DateTimeOffset(utc, TimeSpan.Zero), built.Timestamp);
        Assert.Null(built.LocalTime);
    }

    [Fact]
    public void OccurredAt_DateTimeOfUnknownKind_IsRefused()
    {
        var unspecified = new DateTime(2021, 5, 8, 12, 0, 5, DateTimeKind.Unspecified);

        var refused = Assert.Throws<ArgumentException>("timestamp", () => SkalinEvent.For("c").OccurredAt(unspecified));

        Assert.Contains("was Unspecified", refused.Message);
        Assert.Throws<ArgumentException>("timestamp", () => SkalinEvent.For("c").OccurredAt(unspecified, LocalTime));
    }

    [Fact]
    public void OccurredAt_ASecondTime_ReplacesBothTimes()
    {
        SkalinEventBuilder builder = SkalinEvent.For("c").WithFeature("f", 1).OccurredAt(Timestamp, LocalTime);

        SkalinEvent built = builder.OccurredAt(LocalTime).Build();

        Assert.Null(built.Timestamp);
        Assert.Equal(LocalTime, built.LocalTime);
    }

    [Fact]
    public void ToString_OfTheEvent_DoesNotShowTheCustomer()
    {
        SkalinEvent built = SkalinEvent.For("customer1234").WithFeature("ActivationService", 5).WithId("e07595f29f1928y5").Build();

        Assert.Equal("e07595f29f1928y5: ActivationService, score 5", built.ToString());
    }
}
