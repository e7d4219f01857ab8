using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Webhooks.Sdk.Outbox;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

public sealed class SharedReadingTests
{
    private readonly Channel<(string[] Keys, TaskCompletionSource<IReadOnlyList<string>> Answer)> _readings =
        Channel.CreateUnbounded<(string[], TaskCompletionSource<IReadOnlyList<string>>)>();

    private readonly SharedReading<string, string> _reading;

    public SharedReadingTests() => _reading = new SharedReading<string, string>(ReadAsync, static row => row);

    [Fact]
    public async Task Find_WhileAReadingIsUnderWay_SharesTheNext()
    {
        Task<string?> first = FindAsync("a");
        Task<string?>[] shared = [FindAsync("b"), FindAsync("a"), FindAsync("b")];

        // What was asked for before is not answered by what was read before.
        Assert.Equal("a", await AnswerAsync("a"));
        Assert.Equal("a", await first);
        Assert.All(shared, static each => Assert.False(each.IsCompleted));

        Assert.Equal("a b", await AnswerAsync("a", "b"));
        Assert.Equal("b a b", string.Join(' ', await Task.WhenAll(shared)));
        Assert.False(_readings.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Find_WhatIsGone_GivesNull()
    {
        Task<string?> gone = FindAsync("a");
        await AnswerAsync();

        Assert.Null(await gone);
    }

    [Fact]
    public async Task Find_WhenAReadingFails_FailsForThoseWhoShareItAndNobodyElse()
    {
        Task<string?> first = FindAsync("a");
        Task<string?> second = FindAsync("a");
        (await _readings.Reader.ReadAsync()).Answer.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await AnswerAsync("a");

        Assert.Equal("a", await second);
        Task<string?> third = FindAsync("b");
        await AnswerAsync("b");
        Assert.Equal("b", await third);
    }

    private Task<string?> FindAsync(string key) => _reading.FindAsync(key, CancellationToken.None);

    /// <summary>Answers the next reading.</summary>
    /// <returns>What was asked for.</returns>
    private async Task<string> AnswerAsync(params string[] rows)
    {
        (string[] keys, TaskCompletionSource<IReadOnlyList<string>> answer) = await _readings.Reader.ReadAsync();
        answer.SetResult(rows);
        return string.Join(' ', keys.Order());
    }

    private ValueTask<IReadOnlyList<string>> ReadAsync(string[] keys, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<IReadOnlyList<string>>();
        Assert.True(_readings.Writer.TryWrite((keys, answer)));
        return new(answer.Task);
    }
}
