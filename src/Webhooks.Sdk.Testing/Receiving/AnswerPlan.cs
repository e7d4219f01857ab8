using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// All that is to be known to write an answer. Immutable.
/// </summary>
internal sealed record AnswerPlan
{
    public int StatusCode { get; init; } = 200;

    public bool IsHttp10 { get; init; }

    public ImmutableList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public bool HasEndlessHeaders { get; init; }

    /// <summary>Gets whether a Location header names the target of the request.</summary>
    public bool RedirectsToItself { get; init; }

    public AnswerBody Body { get; init; } = AnswerBody.None;

    /// <summary>Gets what Content-Length says whatever the body's length is, or null for the truth.</summary>
    public long? ClaimedLength { get; init; }

    public bool HasBadChunks { get; init; }

    /// <summary>Gets the interim responses (RFC 9110, 15.2) that go before.</summary>
    public ImmutableList<int> Interim { get; init; } = [];

    /// <summary>Gets whether the last of <see cref="Interim"/> comes again for ever.</summary>
    public bool IsInterimEndless { get; init; }

    /// <summary>Gets the bytes that are written in place of an HTTP answer, or null.</summary>
    public ReadOnlyMemory<byte>? Raw { get; init; }

    /// <summary>Gets whether <see cref="Raw"/> is written as soon as the connection is accepted.</summary>
    public bool IsUnasked { get; init; }

    /// <summary>Gets what the receiver waits for before the first thing it does.</summary>
    public AnswerPace? Delay { get; init; }

    public AnswerPace? HeadPace { get; init; }

    public AnswerPace? BodyPace { get; init; }

    public AnswerEnding Ending { get; init; }

    public ReceiverStage EndsAt { get; init; } = ReceiverStage.AfterAnswer;

    /// <summary>Gets whether the answer begins before any request is there.</summary>
    public bool ActsOnAccept => IsUnasked || Ends(ReceiverStage.OnAccept);

    public bool IsChunked => !IsHttp10 && (HasBadChunks || (Body.Length is null && ClaimedLength is null));

    /// <summary>Gets the ending of an answer that is written in full.</summary>
    public AnswerEnding FullEnding
    {
        get
        {
            if (Ending != AnswerEnding.KeepOpen)
            {
                return Ending;
            }

            bool isWellFramed = !IsHttp10 && ClaimedLength is null && !HasBadChunks && Raw is null;
            bool saysClose = Headers.Exists(static header =>
                header.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase) && header.Value.Contains("close", StringComparison.OrdinalIgnoreCase));

            return isWellFramed && !saysClose ? AnswerEnding.KeepOpen : AnswerEnding.Close;
        }
    }

    public bool Ends(ReceiverStage stage) => Ending != AnswerEnding.KeepOpen && EndsAt == stage;

    /// <summary>Finds what cannot be written as planned.</summary>
    /// <returns>The problem and its remedy, or null.</returns>
    public string? FindProblem()
    {
        bool hasBody = Body.Length != 0;

        return this switch
        {
            { StatusCode: 204 or 304 } when hasBody || ClaimedLength is not null || HasBadChunks =>
                "An answer of status 204 or 304 has no body (RFC 9110, 6.4.1). Leave the body out, take another status, or write the answer with Raw.",
            { HasBadChunks: true, ClaimedLength: not null } =>
                "Bad chunks and a Content-Length exclude each other. Choose one, or write the answer with Raw.",
            { HasBadChunks: true, IsHttp10: true } =>
                "HTTP/1.0 has no chunks. Leave AsHttp10 or WithBadChunks out.",
            { Ending: not AnswerEnding.KeepOpen, EndsAt: ReceiverStage.WithinBody, Body.Length: < 2 } =>
                "The answer is to break off within its body, but that has fewer than two bytes. Give it a longer one.",
            { Raw: not null, Ending: not AnswerEnding.KeepOpen, EndsAt: not (ReceiverStage.AfterAnswer or <= ReceiverStage.AfterRequestBody) } =>
                "A raw answer has no stages between the request and its own end. Put into it what is to be written, and let it end AfterAnswer.",
            _ => null,
        };
    }
}
