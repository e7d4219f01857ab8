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
/// <remarks>
/// <para>
/// A stop is a pause, a disabling or a removal, from the moment at which the store has made it. An attempt follows it when no state of the endpoint that its
/// sender may still go by was active: one of the last second, or of the time that the store's answer took, where that is longer. Time in which the sender
/// slept does not count, since nobody can tell that he sleeps. The same holds for URL and secrets. Of an event the
/// sender asks first, so that it may have been erased for three ways to the store and back.
/// </para>
/// <para>
/// Every attempt begins while its sender holds the lease in the store; so of two nodes only one begins attempts of an endpoint, and a request of another node
/// can only be one that was on the wire when that node's lease ended. The one exception: the store's clock is set forward, which ends leases that their
/// holders still trust; for the length of a lease two nodes may then work side by side.
/// </para>
/// <para>
/// On an ordered endpoint a node has one attempt under way, and begins one only when every earlier delivery that still waits in the store has, by what the node
/// was told, come to its end or was set aside. Deliveries that were made before the endpoint was ordered are in no order.
/// </para>
/// </remarks>
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
            // Of several replays of one event nobody can tell from outside which one it was.
            foreach (DeliveryEntry each in delivery.Event.Deliveries.Where(each => each.Endpoint == delivery.Endpoint))
            {
                each.KnownSettledTo.Add(call.Sender);
            }
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

        // Of several replays of one event nobody can tell from outside which one it is.
        if (call.Delivery is { IsInOrder: true } delivery
            && delivery.Event.Deliveries.Count(each => each.Endpoint == delivery.Endpoint && each.State == DeliveryState.Waiting) == 1)
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

        if (sent.GoneAt < KnownSince(call.Sender, waysOfStore: 3))
        {
            throw new Violation("Nothing is sent that was erased", $"{call.EventId} to {call.EndpointId}");
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

    // Until when what a node goes by may be out of date.
    private TimeSpan KnownSince(Actor sender, int waysOfStore)
    {
        TimeSpan age = TimeSpan.FromTicks(Math.Max(waysOfStore * LongestStoreDelay.Ticks, TimeSpan.TicksPerSecond));
        (TimeSpan asleep, TimeSpan awake) = sender.Gate.LastSleep;
        return awake > agenda.Now - age ? asleep - age : agenda.Now - age;
    }

    private void CheckEndpoint(Call call, HttpRequestMessage request, byte[] body)
    {
        TimeSpan since = KnownSince(call.Sender, waysOfStore: 1);
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
