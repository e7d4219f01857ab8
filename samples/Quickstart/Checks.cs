using System;
using Webhooks.Sdk;
using Webhooks.Sdk.Testing;

/// <summary>Compares each request that arrived with the one that must, and prints both ends of it.</summary>
internal sealed class Checks(WebhookReceiver receiver)
{
    private int _next;

    public int Failures { get; private set; }

    public void Arrived(WebhookResult result, string expected, WebhookSecret? signedWith = null)
    {
        ReceivedRequest request = receiver.Requests[_next++];
        string came = $"{request.Method} {request.Target} {request.Header("Content-Type")} {request.Text}".TrimEnd();
        WebhookVerification? signature = signedWith is null ? null : request.Verify(signedWith);
        bool right = result.Succeeded && came == expected && signature is null or WebhookVerification.Valid;

        Failures += right ? 0 : 1;
        Console.WriteLine($"{(right ? "ok" : "WRONG"),-5} {came}");
        Console.WriteLine($"      -> {result}{(signature is null ? "" : $", signature {signature}")}");
    }
}
