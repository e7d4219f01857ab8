using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Harmony;
using Webhooks.Sdk.Skalin;
using Webhooks.Sdk.Tests.Signing;
using Webhooks.Sdk.Tests.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Registration;

public sealed class EndpointRegistrationTests
{
    [Fact]
    public async Task Get_FromConfiguration_HasEveryMember()
    {
        IConfigurationRoot configuration = Configuration(new()
        {
            ["Endpoints:acme:Url"] = "https://acme.example/hooks",
            ["Endpoints:acme:Secrets:0"] = TestSecrets.TextB,
            ["Endpoints:acme:Secrets:1"] = TestSecrets.TextA,
            ["Endpoints:acme:Headers:X-Env"] = "prod",
            ["Endpoints:acme:Credential:UserName"] = "user",
            ["Endpoints:acme:Format"] = "cloudEvents",
            ["Endpoints:acme:Source"] = "https://billing.example",
            ["Endpoints:acme:AttemptTimeout"] = "00:01:30",
            ["Endpoints:acme:MaxRequestBodySize"] = "2048",
            ["Endpoints:acme:Trusted"] = "true",
            ["Endpoints:acme:Schedule"] = "braze",
            ["Endpoints:acme:IdempotencyHeader"] = "X-Key",
            ["Endpoints:line:Url"] = "https://api.line.example/push",
            ["Endpoints:line:Preset"] = "line",
            ["Endpoints:line:RetryDelays:0"] = "00:00:05",
            ["Endpoints:line:RetryDelays:1"] = "1.00:00:00",
            ["Endpoints:own:Url"] = "https://api.line.example/push",
            ["Endpoints:own:Preset"] = "Line",
            ["Endpoints:own:Format"] = "Weavy",
            ["Endpoints:own:IdempotencyHeader"] = "X-Key",
            ["Endpoints:own:IsIdempotencyKeyUuid"] = "true",
            ["Endpoints:flow:Url"] = "https://prod-1.logic.example/%7Erun?sig=a%2Fb",
            ["Endpoints:flow:IsUrlOpaque"] = "true",
            ["Endpoints:flow:Credential:QueryName"] = "code",
            ["Endpoints:flow:Credential:QueryValue"] = "v",
        });
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoints(configuration.GetSection("Endpoints")));
        IWebhookEndpoints endpoints = provider.GetRequiredService<IWebhookEndpoints>();

        WebhookEndpoint acme = endpoints.Get("acme");
        WebhookEndpoint flow = endpoints.Get("flow");

        Assert.Equal(("acme", "https://acme.example/hooks"), (acme.Name, acme.Url.AbsoluteUri));
        Assert.Equal([TestSecrets.B, TestSecrets.A], acme.Secrets);
        Assert.Equal([KeyValuePair.Create("X-Env", "prod")], acme.Headers);
        Assert.Equal("Basic dXNlcjo=", acme.Credential!.HeaderValue);
        Assert.Same(WebhookFormat.CloudEvents, acme.Format);
        Assert.Equal("https://billing.example", acme.Source);
        Assert.Equal((TimeSpan.FromSeconds(90), 2048), (acme.Limits.AttemptTimeout, acme.Limits.MaxRequestBodySize));
        Assert.True(acme.Trusted);
        Assert.Same(WebhookPresets.Default, acme.Preset);
        Assert.Same(RetrySchedule.Braze, acme.Schedule);
        Assert.Equal(("X-Key", false), (acme.IdempotencyHeader!.Name, acme.IdempotencyHeader.IsUuid));
        WebhookEndpoint line = endpoints.Get("line");
        Assert.Same(WebhookPresets.Line, line.Preset);
        Assert.Same(WebhookPresets.Line.Rule, line.Rule);
        Assert.Same(WebhookFormat.DataOnly, line.Format);
        Assert.Same(WebhookPresets.Line.IdempotencyHeader, line.IdempotencyHeader);
        Assert.Equal(RetrySchedule.Of(TimeSpan.FromSeconds(5), TimeSpan.FromDays(1)), line.Schedule);
        WebhookEndpoint own = endpoints.Get("own");
        Assert.Same(WebhookFormat.Weavy, own.Format);
        Assert.Equal(("X-Key", true), (own.IdempotencyHeader!.Name, own.IdempotencyHeader.IsUuid));
        Assert.Equal("acme (https://acme.example)", acme.ToString());
        Assert.Equal("https://prod-1.logic.example/%7Erun?sig=a%2Fb", flow.Url.AbsoluteUri);
        Assert.Equal("code=v", flow.Credential!.QueryPair);
        Assert.False(flow.Trusted);
    }

    [Fact]
    public async Task Get_InCode_HasTheCredentialThatConfigurationCannotHold()
    {
        WebhookCredential credential = WebhookCredential.Bearer(static (_, _) => ValueTask.FromResult("t"));
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", options =>
        {
            options.Url = new Uri("https://acme.example");
            options.UseCredential(credential);
        }));

        Assert.Same(credential, provider.GetRequiredService<IWebhookEndpoints>().Get("acme").Credential);
    }

    [Fact]
    public async Task Get_RuleAndScheduleInCode_TakeThePlaceOfThePresets()
    {
        var rule = new WebhookResponseRule { SuccessStatuses = [202] };
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", options =>
        {
            options.Url = new Uri("https://acme.example");
            options.Preset = "Slack";
            options.Schedule = "Braze";
            options.UseRule(rule);
            options.UseSchedule(RetrySchedule.Immediate);
        }));

        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

        Assert.Same(rule, acme.Rule);
        Assert.Same(RetrySchedule.Immediate, acme.Schedule);
    }

    [Fact]
    public async Task Get_Again_IsTheSameInstanceUntilTheOptionsChange()
    {
        IConfigurationRoot configuration = Configuration(new() { ["Url"] = "https://acme.example/1" });
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", configuration));
        IWebhookEndpoints endpoints = provider.GetRequiredService<IWebhookEndpoints>();
        WebhookEndpoint before = endpoints.Get("acme");
        Assert.Same(before, endpoints.Get("acme"));

        configuration["Url"] = "https://acme.example/2";
        configuration.Reload();

        WebhookEndpoint after = endpoints.Get("acme");
        Assert.NotSame(before, after);
        Assert.Equal("/2", after.Url.AbsolutePath);
        Assert.Same(after, before.Current);
        Assert.Equal("/2", before.Compose(WebhookEvent.For("a").WithJson("1"u8).Build()).Url.AbsolutePath);
    }

    [Fact]
    public async Task Get_AccountsOfProviders_AreTheEndpointsThatTheirRequestsHave()
    {
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks
            .AddSkalin(account => account.Set("https://skalin.example"))
            .AddSkalin("emea", account => account.Set("https://emea.example"))
            .AddHarmony(server => server.BaseUrl = new Uri("https://harmony.example"))
            .AddHarmony("test", server => server.BaseUrl = new Uri("https://test.example")));
        IWebhookEndpoints endpoints = provider.GetRequiredService<IWebhookEndpoints>();
        SkalinEvent activation = SkalinEvent.For("customer1234").WithFeature("a", score: 5).Build();

        Assert.Same(endpoints.Get("skalin"), provider.Skalin().Compose(activation).Endpoint);
        Assert.Same(endpoints.Get("skalin/emea"), provider.Skalin("emea").Compose(activation).Endpoint);
        Assert.Same(endpoints.Get("harmony"), provider.GetRequiredService<IHarmonyClient>().Compose(HarmonyCall.To("code")).Endpoint);
        Assert.Equal("harmony/test", endpoints.Get("harmony/test").Name);
        Assert.True(endpoints.Get("skalin").Trusted);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("ACME")]
    [InlineData("")]
    public async Task Get_NameThatNobodyHas_SaysHowToRegisterIt(string name)
    {
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", o => o.Url = new Uri("https://acme.example")));
        IWebhookEndpoints endpoints = provider.GetRequiredService<IWebhookEndpoints>();

        var refused = Assert.Throws<ArgumentException>(nameof(name), () => endpoints.Get(name));

        Assert.Contains($"AddEndpoint(\"{name}\", …)", refused.Message);
        Assert.Throws<ArgumentNullException>(nameof(name), () => endpoints.Get(null!));
    }

    [Fact]
    public async Task AddEndpoint_Again_RegistersNothingTwiceAndAppliesBoth()
    {
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks
            .AddEndpoint("acme", options => options.Url = new Uri("https://acme.example"))
            .AddEndpoint("acme", options => options.Secrets.Add(TestSecrets.TextA)));

        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

        Assert.Single(acme.Secrets);
        Assert.Single(provider.GetKeyedServices<NamedEndpoint>("acme"));
        Assert.Single(provider.GetServices<IValidateOptions<WebhookEndpointOptions>>());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a/b")]
    [InlineData("é")]
    [InlineData("skalin")]
    [InlineData("harmony")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void AddEndpoint_NameThatIsNone_IsRefused(string name)
    {
        IWebhooksBuilder webhooks = new ServiceCollection().AddWebhooks();

        Assert.Throws<ArgumentException>(nameof(name), () => webhooks.AddEndpoint(name, _ => { }));
        Assert.Throws<ArgumentException>(nameof(name), () => webhooks.AddEndpoint(name, Configuration([])));
    }

    [Fact]
    public void AddEndpoint_Null_IsRefused()
    {
        IWebhooksBuilder webhooks = new ServiceCollection().AddWebhooks();

        Assert.Throws<ArgumentNullException>("builder", () => ((IWebhooksBuilder)null!).AddEndpoint("a", _ => { }));
        Assert.Throws<ArgumentNullException>("builder", () => ((IWebhooksBuilder)null!).AddEndpoints(Configuration([])));
        Assert.Throws<ArgumentNullException>("configure", () => webhooks.AddEndpoint("a", (Action<WebhookEndpointOptions>)null!));
        Assert.Throws<ArgumentNullException>("configuration", () => webhooks.AddEndpoint("a", (IConfiguration)null!));
        Assert.Throws<ArgumentNullException>("configuration", () => webhooks.AddEndpoints(null!));
        Assert.Throws<ArgumentNullException>("name", () => webhooks.AddEndpoint(null!, _ => { }));
    }

    [Fact]
    public async Task SendAsync_TrustedEndpoint_MayBeAtAPrivateAddressAndOthersMayNot()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks
                .AddEndpoint("own", options => (options.Url, options.Trusted) = (new Uri(server.Url), true))
                .AddEndpoint("other", options => options.Url = new Uri(server.Url)),
            options => options.AllowLoopback = false);
        IWebhookEndpoints endpoints = provider.GetRequiredService<IWebhookEndpoints>();
        WebhookEvent webhookEvent = WebhookEvent.For("a").WithJson("1"u8).Build();

        WebhookResult own = await provider.Webhooks().SendAsync(endpoints.Get("own"), webhookEvent);
        WebhookResult other = await provider.Webhooks().SendAsync(endpoints.Get("other"), webhookEvent);

        Assert.True(own.Succeeded);
        Assert.Equal(WebhookFailure.BlockedAddress, other.Failure);
        Assert.DoesNotContain(typeof(WebhookEndpoint).GetProperties(), property => property.Name == nameof(WebhookEndpoint.Trusted));
    }

    [Fact]
    public async Task Start_WithAnEndpointThatIsNotValid_NamesItAndShowsNoSecret()
    {
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", options => options.Secrets.Add("whsec_s3cret")));

        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("WebhookEndpointOptions.Url", refused.Message);
        Assert.Contains("WebhookEndpointOptions.Secrets[0]", refused.Message);
        Assert.Contains("(endpoint 'acme')", refused.Message);
        Assert.DoesNotContain("s3cret", refused.Message);
    }

    private static IConfigurationRoot Configuration(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}
