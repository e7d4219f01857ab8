using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests;

namespace Webhooks.Sdk.Testing.Tests;

/// <summary>
/// The two clients that every behaviour is shown with: a plain one, which takes what comes, and the SDK's.
/// </summary>
internal static class Clients
{
    public static readonly TimeSpan AttemptTimeout = new WebhookOptions().AttemptTimeout;

    /// <summary>A client without a time-out of its own, and with the defaults of the platform otherwise.</summary>
    public static HttpClient Plain() => new() { Timeout = Timeout.InfiniteTimeSpan };

    public static HttpRequestMessage Post(this WebhookReceiver receiver) =>
        new(HttpMethod.Post, receiver.Url) { Content = new StringContent("x") };

    /// <summary>Sends a POST with a body, which is not idempotent, by the SDK, once.</summary>
    public static async Task<WebhookResult> SendAsync(
        WebhookReceiver receiver, TimeProvider? time = null, Action<IWebhooksBuilder>? configure = null)
    {
        await using ServiceProvider provider = TestHost.Create(configure, options => options.MaxAttempts = 1, time);

        return await provider.Webhooks().SendAsync(WebhookRequest.Post(receiver.Url).WithText("x", "text/plain").Build());
    }

    /// <summary>Tells when the SDK's client has the headers of an answer.</summary>
    public static void SignalHeaders(this IWebhooksBuilder builder, TaskCompletionSource received) =>
        builder.HttpClient.AddHttpMessageHandler(() => new HeadersSignal(received));

    public static (WebhookFailure Failure, int? StatusCode, string? Text) Outcome(this WebhookResult result) =>
        (result.Failure, result.StatusCode, result.ResponseText);

    private sealed class HeadersSignal(TaskCompletionSource received) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            received.SetResult();
            return answer;
        }
    }
}
