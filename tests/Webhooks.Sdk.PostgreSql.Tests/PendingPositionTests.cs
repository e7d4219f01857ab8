using System;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class PendingPositionTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly PendingPosition _position;

    public PendingPositionTests()
    {
        _position = new PendingPosition(_time);

        // The first reading is of everything.
        Assert.Equal(0, _position.Next());
    }

    [Fact]
    public void Next_BeforeAllThatRanHasEnded_IsWhereItWas()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 20, oldestId: 7, nextId: 30);

        Assert.Equal(0, _position.Next());
    }

    [Fact]
    public void Next_WhenAllThatRanHasEnded_IsBeforeWhatWasTheFirstThen()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 20, oldestId: 8, nextId: 30);
        Assert.Equal(9, _position.Next());

        // From there on, once more.
        Note(first: 25, oldestId: 29, nextId: 40);
        Assert.Equal(9, _position.Next());
        Note(first: 26, oldestId: 30, nextId: 41);
        Assert.Equal(19, _position.Next());
    }

    [Fact]
    public void Next_WhenSomethingWasCommittedLate_IsBeforeIt()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 4, oldestId: 8, nextId: 30);

        Assert.Equal(3, _position.Next());
    }

    [Fact]
    public void Next_NothingThere_IsWhereItWas()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        _position.Note(after: 0, first: null);
        Note(first: 20, oldestId: 8, nextId: 30);

        Assert.Equal(9, _position.Next());
    }

    [Fact]
    public void Next_ASecondLater_IsEverything_AndNumbersThatBeganAgainAreTakenUp()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 20, oldestId: 8, nextId: 30);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, _position.Next());
        Note(first: 2, oldestId: 30, nextId: 31);
        Assert.Equal(1, _position.Next());
    }

    private void Note(long first, ulong oldestId, ulong nextId) => _position.Note(after: 0, new PendingRow(Event: default, first, oldestId, nextId));
}
