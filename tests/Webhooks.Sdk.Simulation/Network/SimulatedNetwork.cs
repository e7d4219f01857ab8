using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Simulation.Acting;
using Webhooks.Sdk.Simulation.Scheduling;

namespace Webhooks.Sdk.Simulation.Network;

/// <summary>
/// What stands for sockets in one process: requests travel, reach the receiver or get lost, and the answers travel back, all on the agenda.
/// </summary>
internal sealed class SimulatedNetwork(Actor actor, Wire wire, Agenda agenda, Random random) : HttpMessageHandler
{
    private const double Lost = 0.01;

    private static readonly TimeSpan LongestTravel = TimeSpan.FromSeconds(2);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = await request.Content!.ReadAsByteArrayAsync(CancellationToken.None);
        Call call = wire.Begin(actor, request, body);
        var answered = new TaskCompletionSource<ReceiverReply>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Once on its way, it arrives whatever becomes of the sender; its answer is heard by who is still alive.
        agenda.Add(Travel(), wire.Gate, () =>
        {
            ReceiverReply reply = random.NextDouble() < Lost ? new ReceiverReply(null) : wire.Arrive(call);

            if (reply is not { Status: null, Error: null })
            {
                agenda.Add(Travel(), actor.Gate, () => answered.TrySetResult(reply));
            }
        });

        using CancellationTokenRegistration givenUp = cancellationToken.UnsafeRegister(_ => answered.TrySetCanceled(cancellationToken), null);
        ReceiverReply? heard = null;

        try
        {
            heard = await answered.Task;
        }
        finally
        {
            wire.End(call, heard);
        }

        return heard.Status is { } status ? ToResponse(heard, status) : throw new HttpRequestException(heard.Error ?? HttpRequestError.Unknown);
    }

    private static HttpResponseMessage ToResponse(ReceiverReply reply, int status)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) };

        if (reply.Header is not null)
        {
            response.Headers.TryAddWithoutValidation(reply.Header, reply.Value);
        }

        return response;
    }

    private TimeSpan Travel() => random.Next(3) == 0 ? LongestTravel * random.NextDouble() : TimeSpan.FromMilliseconds(1);
}
