using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Skalin;
using Webhooks.Sdk.Tests.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Registration;

public sealed class SkalinRegistrationTests
{
    private static SkalinEvent Activation { get; } = SkalinEvent.For("customer1234").WithFeature("ActivationService", score: 5).Build();

    [Fact]
    public async Task AddSkalin_SeveralAccounts_EachSendsToItsOwn()
    {
        await using var french = LoopbackServer.Start(200);
        await using var emea = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks
            .AddSkalin(account => account.Set(french.Url))
            .AddSkalin("emea", account => (account.WebhookId, account.ClientId, account.BaseUrl) = ("wh-emea", "cl-emea", new Uri(emea.Url)))
            .AddSkalin("apac", account => (account.WebhookId, account.ClientId, account.BaseUrl) = ("wh-apac", "cl-apac", new Uri(emea.Url))));

        await provider.Skalin().SendAsync(Activation);
        await provider.Skalin("emea").SendAsync(Activation);
        await provider.Skalin("apac").SendAsync(Activation);

        Assert.Equal(["/webhook/05cb3204b49ff92d?client_id=2bb91c92dr779103"], french.Requests.Select(request => request.Target));
        Assert.Equal(["/webhook/wh-emea?client_id=cl-emea", "/webhook/wh-apac?client_id=cl-apac"], emea.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task AddSkalin_SeveralAccounts_EachHasItsNamedEndpoint()
    {
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks
            .AddSkalin(account => account.Set("https://skalin.invalid"))
            .AddSkalin("emea", account => account.Set("https://emea.invalid")));

        Assert.Equal("skalin", provider.Skalin().Compose(Activation).Endpoint!.Name);
        Assert.Equal("skalin/emea", provider.Skalin("emea").Compose(Activation).Endpoint!.Name);
    }

    [Fact]
    public async Task AddSkalin_NamedAccount_IsInjectedByItsName()
    {
        await using ServiceProvider provider = TestHost.Create(webhooks =>
        {
            webhooks.AddSkalin("emea", account => account.Set("https://emea.invalid"));
            webhooks.Services.AddSingleton<Consumer>();
        });

        Assert.Same(provider.Skalin("emea"), provider.GetRequiredService<Consumer>().Skalin);
        Assert.Null(provider.GetService<ISkalinClient>());
    }

    [Fact]
    public void AddSkalin_Twice_RegistersOnceAndAppliesBoth()
    {
        var services = new ServiceCollection();

        services.AddWebhooks()
            .AddSkalin(account => account.WebhookId = "wh")
            .AddSkalin(account => account.ClientId = "cl")
            .AddSkalin("emea", account => account.WebhookId = "wh-emea")
            .AddSkalin("emea", account => account.ClientId = "cl-emea");

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(ISkalinClient)));
        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<SkalinOptions>));
        Assert.EndsWith("/webhook/wh?client_id=cl", provider.Skalin().Compose(Activation).Url.AbsoluteUri);
        Assert.EndsWith("/webhook/wh-emea?client_id=cl-emea", provider.Skalin("emea").Compose(Activation).Url.AbsoluteUri);
    }

    [Fact]
    public async Task AddSkalin_FromConfiguration_BindsEveryMember()
    {
        IConfigurationRoot configuration = Configuration();
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks
            .AddSkalin(configuration.GetSection("Skalin"))
            .AddSkalin("emea", configuration.GetSection("Emea")));

        Assert.Equal("https://skalin.invalid/webhook/wh?client_id=cl", provider.Skalin().Compose(Activation).Url.AbsoluteUri);
        Assert.Equal("https://connector.skalin.io/webhook/wh-emea?client_id=cl-emea", provider.Skalin("emea").Compose(Activation).Url.AbsoluteUri);
    }

    [Fact]
    public async Task Compose_AfterAChangeOfConfiguration_UsesTheNewAccount()
    {
        IConfigurationRoot configuration = Configuration();
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks
            .AddSkalin(configuration.GetSection("Skalin"))
            .AddSkalin("emea", configuration.GetSection("Emea")));
        WebhookRequest before = provider.Skalin().Compose(Activation);
        WebhookRequest emeaBefore = provider.Skalin("emea").Compose(Activation);

        configuration["Skalin:ClientId"] = "rotated";
        configuration["Emea:WebhookId"] = "rotated";
        configuration.Reload();

        WebhookRequest after = provider.Skalin().Compose(Activation);
        Assert.EndsWith("/webhook/wh?client_id=cl", before.Url.AbsoluteUri);
        Assert.EndsWith("/webhook/wh?client_id=rotated", after.Url.AbsoluteUri);
        Assert.NotSame(before.Endpoint, after.Endpoint);
        Assert.Same(after.Endpoint, provider.Skalin().Compose(Activation).Endpoint);
        Assert.EndsWith("/webhook/wh-emea?client_id=cl-emea", emeaBefore.Url.AbsoluteUri);
        Assert.EndsWith("/webhook/rotated?client_id=cl-emea", provider.Skalin("emea").Compose(Activation).Url.AbsoluteUri);
    }

    [Fact]
    public async Task Start_WithAnAccountThatIsNotValid_IsRefusedWithItsName()
    {
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks
            .AddSkalin(account => account.Set("https://skalin.invalid"))
            .AddSkalin("emea", account => account.WebhookId = "05cb3204b49ff92d"));

        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("SkalinOptions.ClientId: must have 1 to 128 characters, but is missing or blank. (Skalin account 'emea')", refused.Message);
        Assert.DoesNotContain("05cb", refused.Message);
    }

    [Fact]
    public async Task SendAsync_WithoutAHostAndWithAnAccountThatIsNotValid_IsRefusedAtFirstUse()
    {
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddSkalin(_ => { }));

        await Assert.ThrowsAsync<OptionsValidationException>(() => provider.Skalin().SendAsync(Activation));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a/b")]
    [InlineData("é")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void AddSkalin_NameThatIsNone_IsRefused(string name)
    {
        IWebhooksBuilder webhooks = new ServiceCollection().AddWebhooks();

        Assert.Throws<ArgumentException>(nameof(name), () => webhooks.AddSkalin(name, _ => { }));
        Assert.Throws<ArgumentException>(nameof(name), () => webhooks.AddSkalin(name, Configuration()));
    }

    [Fact]
    public void AddSkalin_Null_IsRefused()
    {
        IWebhooksBuilder webhooks = new ServiceCollection().AddWebhooks();

        Assert.Throws<ArgumentNullException>("builder", () => ((IWebhooksBuilder)null!).AddSkalin(_ => { }));
        Assert.Throws<ArgumentNullException>("configure", () => webhooks.AddSkalin((Action<SkalinOptions>)null!));
        Assert.Throws<ArgumentNullException>("configuration", () => webhooks.AddSkalin((IConfiguration)null!));
        Assert.Throws<ArgumentNullException>("name", () => webhooks.AddSkalin(null!, _ => { }));
    }

    private static IConfigurationRoot Configuration() => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Skalin:WebhookId"] = "wh",
            ["Skalin:ClientId"] = "cl",
            ["Skalin:BaseUrl"] = "https://skalin.invalid",
            ["Emea:WebhookId"] = "wh-emea",
            ["Emea:ClientId"] = "cl-emea",
        })
        .Build();

    private sealed class Consumer([FromKeyedServices("emea")] ISkalinClient skalin)
    {
        public ISkalinClient Skalin { get; } = skalin;
    }
}
