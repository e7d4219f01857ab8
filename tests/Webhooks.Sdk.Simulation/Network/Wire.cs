using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Simulation.Acting;
using Webhooks.Sdk.Simulation.Checking;
using Webhooks.Sdk.Simulation.Scheduling;

namespace Webhooks.Sdk.Simulation.Network;

/// <summary>
/// All requests of all processes. An attempt is judged at the moment at which it goes on the wire; what is on its way by then may arrive whatever happens.
/// </summary>
internal sealed class Wire(Agenda agenda, Ledger ledger, Findings findings, Trace trace, Func<string, Receiver> receiverOf)
{
    private readonly List<Call> _underWay = [];

    /// <summary>Gets the gate of what belongs to nobody: it is always open.</summary>
    public Gate Gate { get; } = new(agenda);

    /// <summary>Gets how many attempts there were.</summary>
    public long Attempts { get; private set; }

    public TimeSpan LongestStoreDelay { get; init; }

    /// <summary>Gets or sets until when leases may overlap, because the store's clock was set forward while they ran.</summary>
    public TimeSpan OverlapUntil { get; set; }

    public Call Begin(Actor sender, HttpRequestMessage request, byte[] body)
    {
        string endpointId = request.RequestUri!.Segments[1].TrimEnd('/');
        string eventId = request.Headers.GetValues("webhook-id").Single();
        DeliveryEntry? delivery = ledger.FindWaiting(eventId, endpointId);
        var call = new Call(sender, endpointId, eventId, delivery);
        trace.Add(sender.Name, "attempts", $"{eventId}>{endpointId} as {delivery?.Id}");
        findings.Check(() => Check(call, request, body));
        Attempts++;
        _underWay.Add(call);
        return call;
    }

    public ReceiverReply Arrive(Call call)
    {
        ReceiverReply reply = receiverOf(call.EndpointId).Reply();
        Correspondence known = ledger.CorrespondenceOf(call.EventId, call.EndpointId);
        known.Accepted += reply.IsAcceptance ? 1 : 0;
        known.Refused += reply.IsRefusal ? 1 : 0;
        ledger.FindEndpoint(call.EndpointId)!.SaidGone |= reply.SaysGone;
        trace.Add(call.EndpointId, "answers", $"{call.EventId}: {reply}");
        return reply;
    }

    public void End(Call call, ReceiverReply? heard)
    {
        _underWay.Remove(call);

        if (call.Delivery is { } delivery && IsSettled(delivery, heard))
        {
            delivery.KnownSettledTo.Add(call.Sender);
        }
    }

    private static bool IsSettled(DeliveryEntry delivery, ReceiverReply? heard)
    {
        WebhookEndpoint? settings = delivery.Endpoint.Current.Settings;
        int attempts = delivery.Attempts + 1;
        return heard is { IsAcceptance: true } or { IsRefusal: true } or { SaysGone: true }
            || attempts >= delivery.Endpoint.FewestAttempts
            || attempts >= settings?.SetAsideAfter;
    }

    private void Check(Call call, HttpRequestMessage request, byte[] body)
    {
        CheckIdentity(call, body);
        CheckLease(call);
        CheckEndpoint(call, request, body);
        CheckTime(call);

        if (call.Delivery is { IsInOrder: true } delivery)
        {
            CheckOrder(call, delivery);
        }
    }

    private void CheckIdentity(Call call, byte[] body)
    {
        Correspondence known = ledger.CorrespondenceOf(call.EventId, call.EndpointId);
        known.Body ??= body;
        known.Sent++;

        if (!ledger.EventsById.TryGetValue(call.EventId, out EventEntry? sent) || !known.Body.AsSpan().SequenceEqual(body)
            || body.AsSpan().IndexOf(sent.Stored.Data.Span) < 0)
        {
            throw new Violation("Id and body are the same in every attempt", $"{call.EventId} to {call.EndpointId}");
        }

        if (call.Delivery is null && sent.Deliveries.FindLast(each => each.Endpoint.Id == call.EndpointId) is { SettledBy: { } settler } done && settler == call.Sender)
        {
            throw new Violation("What a node has settled it does not send again", $"{done} by {call.Sender}");
        }
    }

    private void CheckLease(Call call)
    {
        if (!ledger.Leases.IsHeldBy(call.Sender, BucketLease.BucketOf(call.EndpointId), ledger.Now) && agenda.Now >= OverlapUntil)
        {
            throw new Violation("An attempt begins under a lease", $"{call.Sender} holds none of {call.EndpointId}");
        }
    }

    // What a node knows of an endpoint is a second old at most, or as old as the answer that told it; time in which it slept does not count.
    private void CheckEndpoint(Call call, HttpRequestMessage request, byte[] body)
    {
        TimeSpan age = LongestStoreDelay > TimeSpan.FromSeconds(1) ? LongestStoreDelay : TimeSpan.FromSeconds(1);
        TimeSpan since = agenda.Now - age;
        (TimeSpan asleep, TimeSpan awake) = call.Sender.Gate.LastSleep;
        since = awake > since ? asleep - age : since;
        EndpointVersion[] versions = [.. ledger.FindEndpoint(call.EndpointId)!.Since(since).Where(static version => version.IsActive)];

        if (versions.Length == 0)
        {
            throw new Violation("No attempt follows a stop", $"{call.EventId} to {call.EndpointId}");
        }

        string timestamp = request.Headers.GetValues("webhook-timestamp").Single();
        string signature = request.Headers.GetValues("webhook-signature").Single();

        if (!versions.Any(version => version.Settings!.Url == request.RequestUri
            && Signature.Sign(version.Settings.Secrets, call.EventId, long.Parse(timestamp, CultureInfo.InvariantCulture), body) == signature))
        {
            throw new Violation("An attempt is made with the settings of now", $"{call.EventId} to {request.RequestUri}");
        }
    }

    private void CheckTime(Call call)
    {
        StoredEvent sent = ledger.EventsById[call.EventId].Stored;

        if (sent.ExpiresAt <= call.Sender.Clock.GetUtcNow())
        {
            throw new Violation("Nothing is sent that has expired", call.EventId);
        }

        if (sent.NotBefore > ledger.LatestTime && call.Delivery is { IsReplay: false })
        {
            throw new Violation("Nothing is sent before its time", call.EventId);
        }
    }

    private void CheckOrder(Call call, DeliveryEntry delivery)
    {
        if (_underWay.Find(other => other.Sender == call.Sender && other.EndpointId == call.EndpointId && other.Delivery is { IsInOrder: true }) is { } other)
        {
            throw new Violation("An ordered endpoint has one attempt under way", $"{call.EventId} beside {other.EventId} to {call.EndpointId}");
        }

        foreach (DeliveryEntry earlier in ledger.Waiting.Values.TakeWhile(each => each.Id < delivery.Id))
        {
            if (earlier.Endpoint == delivery.Endpoint && earlier.IsInOrder && !earlier.KnownSettledTo.Contains(call.Sender) && !MayHaveExpired(earlier, call.Sender))
            {
                throw new Violation("Nothing overtakes on an ordered endpoint", $"{delivery} before {earlier}");
            }
        }
    }

    // By the store's clock when it was read, or by its sender's own when its turn came.
    private bool MayHaveExpired(DeliveryEntry delivery, Actor sender) =>
        delivery.Event.Stored.ExpiresAt is { } expiry && (expiry <= ledger.LatestTime || expiry <= sender.Clock.GetUtcNow());
}
