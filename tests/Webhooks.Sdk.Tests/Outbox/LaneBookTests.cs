using System;
using System.Linq;
using Webhooks.Sdk.Outbox;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

public sealed class LaneBookTests
{
    private static readonly int[] Buckets = [1, 2];
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new();
    private readonly LaneBook _book;

    public LaneBookTests() => _book = new LaneBook(_time);

    [Fact]
    public void Next_AfterAReading_AsksForWhatIsNewer()
    {
        Assert.Equal(0, Next());
        Assert.True(_book.IsWhole);
        _book.Note(Reading(7));

        Assert.Equal(7, Next());
        Assert.False(_book.IsWhole);
        _book.Note(Reading(9));
        Assert.Equal(9, Next());
    }

    [Fact]
    public void Next_OfAStoreThatGivesAllLanes_AsksForAllEachTime()
    {
        Next();
        _book.Note(Reading(0, Lane("a")));

        Assert.Equal(0, Next());
        _book.Note(Reading(0, Lane("b")));

        Assert.Equal(["b"], Due());
    }

    [Fact]
    public void Next_ASecondLaterForOtherBucketsOrAfterARestart_AsksForAll()
    {
        Next();
        _book.Note(Reading(7));
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(7, Next());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, Next());
        _book.Note(Reading(7));
        Assert.Equal(7, Next());

        Assert.Equal(0, _book.Next([1], _time.GetTimestamp()));
        _book.Note(Reading(7));
        Assert.Equal(0, Next());
        _book.Note(Reading(7));
        _book.Restart();
        Assert.Equal(0, Next());
    }

    [Fact]
    public void Next_WhenAllTakesLong_AsksForItAFiftiethOfTheTime()
    {
        Next();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _book.Note(Reading(7));

        _time.Advance(TimeSpan.FromMilliseconds(4_899));
        Assert.Equal(7, Next());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, Next());
    }

    [Fact]
    public void Due_ReadingsOfWhatIsNew_AddToWhatIsKnown()
    {
        Next();
        _book.Note(Reading(7, Lane("a")));
        Next();
        _book.Note(Reading(8, Lane("b")));

        Assert.Equal(["a", "b"], Due());

        _book.Restart();
        Next();
        _book.Note(Reading(9, Lane("b")));
        Assert.Equal(["b"], Due());
    }

    [Fact]
    public void Due_ALaneWhoseNextIsNotDue_RestsForASecond()
    {
        Next();
        _book.Note(Reading(7, Lane("a") with { IsDue = false }, Lane("b") with { Ordered = true }));
        _book.Note(Known("b"), Delivery(5, isDue: false));

        Assert.Empty(Due());
        Next();
        _book.Note(Reading(8, Lane("b") with { Ordered = true }));
        Assert.Empty(Due());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a", "b"], Due());
    }

    [Fact]
    public void Note_WhatALaneBeganWith_IsWhereItIsReadFrom()
    {
        Next();
        _book.Note(Reading(7, Lane("a", 3)));
        Assert.Equal(new DueCursor(Noon, 2), Known("a").Start);
        _book.Note(Known("a"), Delivery(5));
        Assert.Equal(new DueCursor(Noon, 4), Known("a").Start);

        // Something newer does not hide what waits.
        Next();
        _book.Note(Reading(8, Lane("a", 8)));
        Assert.Equal(new DueCursor(Noon, 4), Known("a").Start);
    }

    [Fact]
    public void Note_NothingInALane_LetsItRestUntilSomethingNewComes()
    {
        Next();
        _book.Note(Reading(7, Lane("ordered", 3) with { Ordered = true }, Lane("parked", 4)));
        _book.Note(Known("ordered"), first: null);
        _book.Note(Known("parked"), first: null);
        Assert.Empty(Due());

        // It may have been paused when it was read: what waited is still there.
        Next();
        _book.Note(Reading(9, Lane("ordered", 8) with { Ordered = true }, Lane("parked", 9)));
        Assert.Equal(["ordered", "parked"], Due());
        Assert.Equal([new DueCursor(Noon, 2), new DueCursor(Noon, 3)], [Known("ordered").Start, Known("parked").Start]);
    }

    [Fact]
    public void Note_SomethingNewInAnUnknownLane_IsReadFromItsBeginning()
    {
        Next();
        _book.Note(Reading(7));
        Next();
        _book.Note(Reading(8, Lane("resumed", 8) with { Ordered = true }));
        _book.NoteMoved("moved", ordered: false, new DueCursor(Noon, 1));

        Assert.Equal((default, default), (Known("resumed").Start, Known("moved").Start));
    }

    [Fact]
    public void Note_SomethingNewBeforeTheStart_LowersIt()
    {
        Next();
        _book.Note(Reading(7, Lane("a", 5)));

        Next();
        _book.Note(Reading(8, Lane("a", 8) with { Start = new DueCursor(Noon.AddSeconds(-1), 7) }));
        Assert.Equal(new DueCursor(Noon.AddSeconds(-1), 4), Known("a").Start);
        _book.NoteMoved("a", ordered: false, new DueCursor(Noon, 2));
        Assert.Equal(new DueCursor(Noon.AddSeconds(-1), 2), Known("a").Start);
    }

    [Fact]
    public void MayRest_WhenAllTakesLong_UntilItIsTime()
    {
        Next();
        _book.Note(Reading(7));
        Assert.False(_book.MayRest(_time.GetTimestamp()));

        _book.Restart();
        Next();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _book.Note(Reading(7));
        Assert.False(_book.MayRest(_time.GetTimestamp()));

        _book.Restart();
        Next();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        _book.Note(Reading(7));
        Assert.True(_book.MayRest(_time.GetTimestamp()));
        _time.Advance(TimeSpan.FromMilliseconds(9_800));
        Assert.False(_book.MayRest(_time.GetTimestamp()));
    }

    [Fact]
    public void Next_HoweverLongAllTakes_AsksForItEachFiveMinutes()
    {
        Next();
        _time.Advance(TimeSpan.FromMinutes(1));
        _book.Note(Reading(7));

        _time.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(7, Next());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, Next());
    }

    private long Next() => _book.Next(Buckets, _time.GetTimestamp());

    private string[] Due() => [.. _book.Due(_time.GetTimestamp()).Select(static lane => lane.EndpointId).Order()];

    private KnownLane Known(string endpointId) => _book.Due(_time.GetTimestamp()).Single(lane => lane.EndpointId == endpointId);

    private static LaneReading Reading(long last, params WaitingLane[] lanes) => new(lanes, last);

    private static WaitingLane Lane(string endpointId, long id = 1) => new(endpointId, 1, Ordered: false, IsDue: true, new DueCursor(Noon, id - 1));

    private static DueDelivery Delivery(long id, bool isDue = true) => new()
    {
        Id = id,
        EventKey = Guid.Empty,
        EndpointId = "a",
        EndpointVersion = 1,
        Attempt = 0,
        DueAt = Noon,
        IsDue = isDue,
    };
}
