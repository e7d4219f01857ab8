using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task Example_RunAsWritten_Passes()
    {
        WebhookSecret secret = WebhookSecret.Generate();
        await using ServiceProvider provider = new ServiceCollection().AddWebhooks(options => options.AllowLoopback = true).Services.BuildServiceProvider();
        var webhooks = provider.GetRequiredService<IWebhookClient>();
        WebhookRequest RequestTo(Uri url) => WebhookRequest.Post(url)
            .WithEndpoint(new WebhookEndpoint(url) { Secrets = [secret] }).WithText("""{"id":"inv_1"}""", "application/json").Build();

        // <example>
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        receiver.Answers(503).Then(200);

        await webhooks.SendAsync(RequestTo(receiver.Url)); // the code under test

        receiver.Requests[1].AssertMethod("POST").AssertJson("""{"id":"inv_1"}""").AssertSigned(secret);
        // </example>
    }
}
