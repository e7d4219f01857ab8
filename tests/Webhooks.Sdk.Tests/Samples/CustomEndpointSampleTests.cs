using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Tests.Samples;

public sealed class CustomEndpointSampleTests
{
    [Fact]
    public async Task Run_CallsEachReceiverInItsOwnWay()
    {
        SampleProcess run = await SampleProcess.RunAsync("CustomEndpoint", [], []);

        Assert.Equal(
            (0, """
            LINE       Succeeded: status 200 after 1 attempt: {"sentMessages":[]}
                       POST /v2/bot/message/push (57 bytes)
            Messenger  Succeeded: status 200 after 1 attempt: {"recipient_id":"1","message_id":"m1"}
                       POST /v19.0/me/messages?access_token=page-token (53 bytes)
            Lob        Succeeded: status 200 after 1 attempt: {"id":"psc_1"}
                       POST /v1/postcards (56 bytes)
            IFTTT      Succeeded: status 200 after 1 attempt: Congratulations! You've fired the order event
                       POST /trigger/order/with/key/ifttt-maker-key (15 bytes)

            """, string.Empty),
            (run.ExitCode, run.Output, run.Error));
    }
}
