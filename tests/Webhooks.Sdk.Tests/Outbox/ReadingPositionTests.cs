using System;
using Webhooks.Sdk.Outbox;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

public sealed class ReadingPositionTests
{
    private static readonly int[] Buckets = [1, 2];
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new();
    private readonly ReadingPosition _position;

    public ReadingPositionTests() => _position = new ReadingPosition(_time);

    [Fact]
    public void Next_AfterEverythingWasRead_BeginsTwoSecondsBeforeTheLast()
    {
        Assert.Equal(default, Next());
        Assert.True(_position.IsWhole);
        _position.AfterAll([Delivery(7)]);

        Assert.Equal(new DueCursor(Noon.AddSeconds(-2), 0), Next());
        Assert.False(_position.IsWhole);
    }

    [Fact]
    public void Next_ASecondAfterTheBeginning_BeginsThere()
    {
        Next();
        _position.AfterAll([Delivery(7)]);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.NotEqual(default, Next());
        _position.AfterAll([Delivery(8)]);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(default, Next());
    }

    [Fact]
    public void Next_AfterAPage_GoesOnHoweverLongItTakes()
    {
        Next();
        _position.AfterPage(Delivery(7).Cursor);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(Delivery(7).Cursor, Next());
        Assert.True(_position.IsWhole);
    }

    [Fact]
    public void Next_WhenThereWasNoRoom_BeginsBehindWhatWasTaken()
    {
        Next();
        _position.AfterLast(Delivery(7).Cursor);
        Assert.Equal(Delivery(7).Cursor, Next());
        _position.AfterLast(default);

        Assert.Equal(Delivery(7).Cursor, Next());
    }

    [Fact]
    public void Next_OfOtherBuckets_BeginsAtTheBeginning()
    {
        Next();
        _position.AfterPage(Delivery(7).Cursor);

        Assert.Equal(default, _position.Next([1, 3], _time.GetTimestamp()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Next_WhenSomethingWasLeft_BeginsAtTheBeginning(bool isFull)
    {
        Next();
        _position.Leave();

        if (isFull)
        {
            _position.AfterLast(Delivery(7).Cursor);
        }
        else
        {
            _position.AfterAll([Delivery(7)]);
        }

        Assert.Equal(default, Next());
    }

    private DueCursor Next() => _position.Next(Buckets, _time.GetTimestamp());

    private static DueDelivery Delivery(long id) =>
        new() { Id = id, EventKey = Guid.Empty, EndpointId = "e", EndpointVersion = 1, Attempt = 0, DueAt = Noon, IsDue = true };
}
