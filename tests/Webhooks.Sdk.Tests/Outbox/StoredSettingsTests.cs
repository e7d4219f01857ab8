using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Outbox;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>What a subscription's endpoint may hold, and how it is stored.</summary>
public sealed class StoredSettingsTests
{
    // Never change them: rows of this version are in databases.
    private static readonly string Version2 =
        """
        {"v":2,"url":"https://hooks.example/run?sig=a%2Fb%7E","opaque":true,"preset":"Slack","secrets":["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        "signers":[{"scheme":"GitHub","header":"X-Acme-Signature","keys":["key"]}],"headers":["X-A","1"],"credential":{"kind":"header X-Api-Key","header":"X-Api-Key","value":"abc"},
        "format":"CloudEvents","source":"/billing","requestOrigin":"events.example","traceContext":true,"ordered":true,"setAsideAfter":3,"schedule":"Braze",
        "idempotencyHeader":{"name":"Idempotency-Key","uuid":true},"limits":{"attemptTimeout":30000000,"maxRequestBodySize":1000,"maxConcurrency":5,"maxWait":0,
        "rate":{"attempts":2,"period":10000000,"burst":3},"circuitBreaker":{"failureRatio":0.5,"minimumThroughput":10,"samplingDuration":300000000,"breakDuration":300000000}},
        "rule":{"successStatuses":[200,202],"statuses":[{"status":404,"verdict":"Gone"}],"body":[{"path":"ok","value":"true","verdict":"Rejected","demanded":true,"onSuccess":true}],"waitHeaders":["X-Wait"],"waitMember":"retry_after"}}
        """.ReplaceLineEndings("");

    private static readonly string Version1 =
        """
        {"v":1,"url":"https://hooks.example/run?sig=a%2Fb%7E","opaque":true,"secrets":["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],"headers":["X-A","1"],"credentialHeader":null,
        "credentialValue":null,"credentialQuery":"key=value","format":"CloudEvents","source":"/billing","ordered":true,"setAsideAfter":3,"timeoutMs":3000,"maxBody":1000,"maxConcurrency":5,
        "idempotencyHeader":"Idempotency-Key","idempotencyUuid":true,"requestOrigin":"events.example","propagateTrace":true,"jitter":0,"delays":[10000000,20000000]}
        """.ReplaceLineEndings("");

    private static WebhookEndpoint Golden { get; } = new(WebhookUrl.Opaque("https://hooks.example/run?sig=a%2Fb%7E"))
    {
        Preset = WebhookPresets.Slack,
        Secrets = [OutboxHost.Secret],
        Signers = [WebhookSigner.GitHub("key").WithHeader("X-Acme-Signature")],
        Headers = [new("X-A", "1")],
        Credential = WebhookCredential.Header("X-Api-Key", "abc"),
        Format = WebhookFormat.CloudEvents,
        Source = "/billing",
        RequestOrigin = "events.example",
        PropagateTraceContext = true,
        Ordered = true,
        SetAsideAfter = 3,
        Schedule = RetrySchedule.Braze,
        IdempotencyHeader = new WebhookIdempotencyHeader("Idempotency-Key") { IsUuid = true },
        Limits = new WebhookLimits
        {
            AttemptTimeout = TimeSpan.FromSeconds(3),
            MaxRequestBodySize = 1000,
            MaxConcurrency = 5,
            MaxWait = TimeSpan.Zero,
            Rate = new WebhookRate(2, TimeSpan.FromSeconds(1)) { Burst = 3 },
            CircuitBreaker = new WebhookCircuitBreaker(),
        },
        Rule = new WebhookResponseRule
        {
            SuccessStatuses = [202, 200],
            Statuses = new Dictionary<int, WebhookVerdict> { [404] = WebhookVerdict.Gone },
            Body = [WebhookBodyRule.UnlessJson("ok", "true")],
            WaitHeaders = ["X-Wait"],
            WaitMember = "retry_after",
        },
    };

    [Fact]
    public void Read_WhatWasWritten_IsTheSameEndpoint()
    {
        var varied = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);

        for (int seed = 0; seed < 500; seed++)
        {
            WebhookEndpoint endpoint = new RandomEndpoints(seed).Next();
            (string Path, string Value)[] expected = Describe(endpoint);

            Assert.Equal(expected, Describe(StoredSettings.Read(StoredSettings.Write(endpoint, "endpoint"), "sub_1")));

            foreach ((string path, string value) in expected)
            {
                HashSet<string> values = varied.GetValueOrDefault(path) ?? (varied[path] = []);
                values.Add(value);
            }
        }

        // Whatever can be set was, so a property that comes later fails here until it is stored or left out on purpose.
        foreach (string member in Settable(typeof(WebhookEndpoint), "").Concat(Settable(typeof(WebhookLimits), ".Limits")).Concat(Settable(typeof(WebhookResponseRule), ".Rule")))
        {
            Assert.True(
                member is ".Rule.Decide" || varied.Where(each => each.Key.StartsWith(member, StringComparison.Ordinal)).Sum(each => each.Value.Count) > 1,
                $"{member} was never varied.");
        }
    }

    [Fact]
    public void Write_EverythingSet_WritesTheGoldenBytes()
    {
        Assert.Equal(Version2, Encoding.UTF8.GetString(StoredSettings.Write(Golden, "endpoint")));
    }

    [Fact]
    public void Read_GoldenBytes_GivesTheEndpoint()
    {
        Assert.Equal(Describe(Golden), Describe(StoredSettings.Read(Encoding.UTF8.GetBytes(Version2), "sub_1")));
    }

    [Fact]
    public void Write_OnlyAUrl_WritesNothingElse()
    {
        Assert.Equal(
            """{"v":2,"url":"https://a.example/","secrets":[],"headers":[]}""",
            Encoding.UTF8.GetString(StoredSettings.Write(new WebhookEndpoint("https://a.example/"), "endpoint")));
    }

    [Fact]
    public void Read_Version1_GivesTheEndpoint()
    {
        var expected = new WebhookEndpoint(WebhookUrl.Opaque("https://hooks.example/run?sig=a%2Fb%7E"))
        {
            Secrets = [OutboxHost.Secret],
            Headers = [new("X-A", "1")],
            Credential = WebhookCredential.Restore("stored credential", null, null, "key=value"),
            Format = WebhookFormat.CloudEvents,
            Source = "/billing",
            RequestOrigin = "events.example",
            PropagateTraceContext = true,
            Ordered = true,
            SetAsideAfter = 3,
            Limits = new WebhookLimits { AttemptTimeout = TimeSpan.FromSeconds(3), MaxRequestBodySize = 1000, MaxConcurrency = 5 },
            Schedule = RetrySchedule.Of(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)).WithJitter(0),
            IdempotencyHeader = new WebhookIdempotencyHeader("Idempotency-Key") { IsUuid = true },
        };

        Assert.Equal(Describe(expected), Describe(StoredSettings.Read(Encoding.UTF8.GetBytes(Version1), "sub_1")));
    }

    [Fact]
    public void WithSecrets_OfEitherVersion_ChangesNothingElse()
    {
        var fresh = WebhookSecret.Generate();

        foreach (string version in new[] { Version1, Version2 })
        {
            byte[] changed = StoredSettings.WithSecrets(Encoding.UTF8.GetBytes(version), "sub_1", [fresh]);
            Assert.Equal([fresh], StoredSettings.Read(changed, "sub_1").Secrets);
            Assert.Equal(
                Describe(StoredSettings.Read(Encoding.UTF8.GetBytes(version), "sub_1")),
                Describe(StoredSettings.Read(StoredSettings.WithSecrets(changed, "sub_1", [OutboxHost.Secret]), "sub_1")));
        }
    }

    [Theory]
    [InlineData("""{"v":3,"url":"https://a.example/"}""")]
    [InlineData("""{"v":2,"url":"https://a.example/","preset":"Pigeon"}""")]
    [InlineData("""{"v":2,"url":"https://a.example/","format":"Pigeon"}""")]
    [InlineData("""{"v":2,"url":"https://a.example/","schedule":"Pigeon"}""")]
    [InlineData("""{"v":2,"url":"https://a.example/","signers":[{"scheme":"7","header":"X-A","keys":["k"]}]}""")]
    public void Read_WhatOnlyANewerVersionKnows_SaysToUpdate(string stored)
    {
        Assert.Contains(
            "update the application",
            Assert.Throws<InvalidDataException>(() => StoredSettings.Read(Encoding.UTF8.GetBytes(stored), "sub_1")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WhatIsCode_IsRefusedWithWhatToDo()
    {
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint => endpoint.Url = new Uri("https://acme.example")));
        using var key = RSA.Create();
        using X509Certificate2 certificate =
            new CertificateRequest("CN=a", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        (WebhookEndpoint Endpoint, string Says)[] refused =
        [
            (host.Endpoints.Get("acme"), "new WebhookEndpoint(url)"),
            (new("https://a.example") { Rule = new WebhookResponseRule { Decide = static (in WebhookAnswer _, WebhookVerdict verdict) => verdict } }, "AddEndpoint("),
            (new("https://a.example") { Credential = WebhookCredential.Bearer((_, _) => ValueTask.FromResult("t")) }, "AddEndpoint("),
            (new("https://a.example") { Credential = WebhookCredential.ClientCertificate(certificate) }, "AddEndpoint("),
            (new("https://a.example") { Signers = [new OwnSigner()] }, "OwnSigner"),
        ];

        foreach ((WebhookEndpoint endpoint, string says) in refused)
        {
            ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(
                () => host.Subscriptions.AddAsync(new WebhookSubscription { Id = "s", EventTypes = ["*"], Endpoint = endpoint }));
            Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await host.Subscriptions.ListAsync(owner: null));
    }

    [Fact]
    public async Task Add_Preset_AppliesToDeliveries()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using Testing.WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(Testing.ReceiverAnswer.Status(200).WithText("no_service", "text/plain"));
        await host.Subscriptions.AddAsync(new WebhookSubscription
        {
            Id = "sub_1",
            EventTypes = ["*"],
            Endpoint = new WebhookEndpoint(receiver.Url) { Preset = WebhookPresets.Slack, Signers = [WebhookSigner.Shopify("key")] },
        });
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());

        await host.Dispatcher.DrainAsync();

        receiver.AssertSingleRequest().AssertText("""{"number":1,"name":"Zoé"}""").AssertHeader("X-Shopify-Hmac-Sha256", WebhookSigner.Shopify("key").Sign(0, receiver.Requests[0].Body.Span));
        Assert.Equal(DeadLetterReason.Refused, Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery())).Reason);
    }

    // A preset of one's own is written as what it sets, and does not come back as one.
    private static (string Path, string Value)[] Describe(WebhookEndpoint endpoint) =>
        [.. RandomEndpoints.Describe(endpoint).Where(static each => each.Path != ".Preset")];

    private static IEnumerable<string> Settable(Type type, string path) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite).Select(property => $"{path}.{property.Name}")
            .Where(static member => member != ".Preset");

    private sealed class OwnSigner : IWebhookSigner
    {
        public ValueTask SignAsync(WebhookSigningContext context, CancellationToken cancellationToken = default) => default;
    }
}
