using System;
using System.Globalization;
using System.Net.Http;

namespace Webhooks.Sdk.Simulation.Network;

/// <summary>The receiver of one endpoint, whose mood changes.</summary>
internal sealed class Receiver(Random random)
{
    public ReceiverMood Mood { get; set; }

    public ReceiverReply Reply() => Mood switch
    {
        ReceiverMood.Well => new ReceiverReply(200),
        ReceiverMood.Moody => random.Next(6) switch
        {
            0 => new ReceiverReply(503),
            1 => new ReceiverReply(408),
            2 => new ReceiverReply(null),
            _ => new ReceiverReply(202),
        },
        ReceiverMood.Failing => new ReceiverReply(random.Next(500, 505)),
        ReceiverMood.Busy => new ReceiverReply(429, "Retry-After", random.Next(600).ToString(CultureInfo.InvariantCulture)),
        ReceiverMood.Unreachable => new ReceiverReply(null, Error: HttpRequestError.ConnectionError),
        ReceiverMood.Silent => new ReceiverReply(null, Error: random.Next(2) == 0 ? null : HttpRequestError.ResponseEnded),
        ReceiverMood.Refusing => random.Next(2) == 0 ? new ReceiverReply(400) : new ReceiverReply(500, "webhook-delivery", "abort-message"),
        _ => random.Next(2) == 0 ? new ReceiverReply(410) : new ReceiverReply(500, "webhook-delivery", "disable"),
    };
}
