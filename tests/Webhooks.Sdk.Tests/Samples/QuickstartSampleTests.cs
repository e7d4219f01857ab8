using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Tests.Samples;

public sealed class QuickstartSampleTests
{
    [Fact]
    public async Task Run_AsTheReadmeSays_SendsEverythingAndShowsWhatArrived()
    {
        SampleProcess run = await SampleProcess.RunAsync("Quickstart", [], []);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            "Skalin: Succeeded: status 200 after 1 attempt. Harmony: le message est bien parvenu. PUT: Succeeded: status 200 after 1 attempt. Event: Succeeded: status 200 after 1 attempt.",
            lines[0]);
        Assert.Equal("Everything arrived as it must.", lines[^1]);
        Assert.Equal(
            [
                """ok    POST /webhook/05cb3204b49ff92d?client_id=2bb91c92dr779103 application/json {"eventId":"e07595f29f1928y5","customerId":"customer1234","event":{"name":"ActivationService","score":5}}""",
                "ok    GET /123456/TEST1/api/v1/WebHook/MONWEBHOOKACADEMY123456789012363F53?dos=998&refreshCustomer=C0000001",
                """ok    PUT /users/42 application/json {"name":"Zoé","vip":true}""",
                "ok    GET /DhsDivaltoServiceDivaApiRest/api/v1/Webhook/MONWEBHOOKACADEMY123456789012363F53?dos=998&refreshCustomer=C0000001",
                """ok    POST /users application/json {"name":"Ada"}""",
                """ok    POST /users application/xml <user id="42"/>""",
                """ok    PUT /users/42 application/xml <user id="42"/>""",
                """ok    DELETE /users/42 application/json {"name":"Ada"}""",
                "ok    DELETE /users/42 text/plain gone",
                "ok    GET /segments/list",
            ],
            lines.Where(line => line.StartsWith("ok", StringComparison.Ordinal) && !line.Contains("/hooks", StringComparison.Ordinal)));
        int signed = Array.FindIndex(lines, line => line.StartsWith("ok    POST /hooks application/json {\"type\":\"invoice.paid\",", StringComparison.Ordinal));
        Assert.Equal("      -> Succeeded: status 200 after 1 attempt, signature Valid", lines[signed + 1]);
    }
}
