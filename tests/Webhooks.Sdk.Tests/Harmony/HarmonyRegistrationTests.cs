using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Harmony;
using Xunit;

namespace Webhooks.Sdk.Tests.Harmony;

public sealed class HarmonyRegistrationTests
{
    private static readonly HarmonyCall Call = HarmonyCall.To("ABC");

    [Fact]
    public async Task AddHarmony_SeveralServers_EachHasItsClientAndEndpoint()
    {
        await using ServiceProvider provider = TestHost.Create(builder => builder
            .AddHarmony(options => options.BaseUrl = new Uri("https://main.example"))
            .AddHarmony("lyon", options => options.BaseUrl = new Uri("https://lyon.example"))
            .AddHarmony("nice", Section(("BaseUrl", "https://nice.example"), ("ServicePath", "api/v1/Webhook"))));

        WebhookRequest main = provider.GetRequiredService<IHarmonyClient>().Compose(Call);
        WebhookRequest lyon = provider.GetRequiredKeyedService<IHarmonyClient>("lyon").Compose(Call);
        WebhookRequest nice = provider.GetRequiredKeyedService<IHarmonyClient>("nice").Compose(Call);

        Assert.Equal(("harmony", "https://main.example/api/v1/WebHook/ABC"), (main.Endpoint!.Name, main.Url.AbsoluteUri));
        Assert.Equal(("harmony/lyon", "https://lyon.example/api/v1/WebHook/ABC"), (lyon.Endpoint!.Name, lyon.Url.AbsoluteUri));
        Assert.Equal(("harmony/nice", "https://nice.example/api/v1/Webhook/ABC"), (nice.Endpoint!.Name, nice.Url.AbsoluteUri));
    }

    [Fact]
    public async Task AddHarmony_TwiceForAName_RegistersOnceAndAppliesBoth()
    {
        var services = new ServiceCollection();
        IWebhooksBuilder builder = services.AddWebhooks();

        foreach (string? name in (string?[])[null, "lyon"])
        {
            _ = name is null
                ? builder.AddHarmony(Set).AddHarmony(SetPath)
                : builder.AddHarmony(name, Set).AddHarmony(name, SetPath);
        }

        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal("https://a.example/hooks/ABC", provider.GetRequiredService<IHarmonyClient>().Compose(Call).Url.AbsoluteUri);
        Assert.Equal("https://a.example/hooks/ABC", provider.GetRequiredKeyedService<IHarmonyClient>("lyon").Compose(Call).Url.AbsoluteUri);
        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(IHarmonyClient)));
        Assert.Single(provider.GetServices<IValidateOptions<HarmonyOptions>>());

        static void Set(HarmonyOptions options) => options.BaseUrl = new Uri("https://a.example");
        static void SetPath(HarmonyOptions options) => options.ServicePath = "hooks";
    }

    [Fact]
    public async Task AddHarmony_ConfigurationThatChanges_IsSeenByTheNextCall()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["BaseUrl"] = "https://a.example", ["TreatUnconfirmedAsRejected"] = "true" })
            .Build();
        await using ServiceProvider provider = TestHost.Create(builder => builder.AddHarmony(configuration));
        IHarmonyClient harmony = provider.GetRequiredService<IHarmonyClient>();
        WebhookEndpoint before = harmony.Compose(Call).Endpoint!;

        configuration["BaseUrl"] = "https://b.example";
        configuration.Reload();
        WebhookRequest after = harmony.Compose(Call);

        Assert.Equal("https://a.example/api/v1/WebHook", before.Url.AbsoluteUri);
        Assert.Equal("https://b.example/api/v1/WebHook/ABC", after.Url.AbsoluteUri);
        Assert.NotSame(before, after.Endpoint);
        Assert.Same(after.Endpoint, harmony.Compose(Call).Endpoint);
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("api/v1", "absolute http or https")]
    [InlineData("ftp://host.example", "absolute http or https")]
    [InlineData("https://user:SECRET@host.example", "user information")]
    [InlineData("https://host.example/?SECRET=1", "query")]
    [InlineData("https://host.example/#SECRET", "fragment")]
    [InlineData("https://host.example:0/SECRET", "port 0")]
    public async Task AddHarmony_ABadBaseUrl_IsRefusedWithoutShowingIt(string? baseUrl, string problem)
    {
        await using ServiceProvider provider = TestHost.Create(builder => builder.AddHarmony(
            "lyon", options => options.BaseUrl = baseUrl is null ? null : new Uri(baseUrl, UriKind.RelativeOrAbsolute)));

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IHarmonyClient>("lyon").Compose(Call));

        Assert.Equal("lyon", exception.OptionsName);
        Assert.Contains("HarmonyOptions.BaseUrl", exception.Message, StringComparison.Ordinal);
        Assert.Contains("(Harmony server 'lyon')", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("api//v1")]
    [InlineData("api/../v1")]
    [InlineData("./api")]
    [InlineData("api/v1?x=1")]
    [InlineData("api/v1#x")]
    [InlineData("api\\v1")]
    [InlineData("api v1")]
    [InlineData("api\u0001")]
    public async Task AddHarmony_ABadServicePath_IsRefused(string? servicePath)
    {
        await using ServiceProvider provider = TestHost.Create(builder => builder.AddHarmony(options =>
        {
            options.BaseUrl = new Uri("https://a.example");
            options.ServicePath = servicePath!;
        }));

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IHarmonyClient>().Compose(Call));

        Assert.Contains("ServicePath", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddHarmony_BadOptionsInAHost_StopItAtItsStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddWebhooks().AddHarmony("lyon", Section());
        using IHost host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    [Fact]
    public void AddHarmony_NoArguments_Throws()
    {
        IWebhooksBuilder builder = new ServiceCollection().AddWebhooks();

        Assert.Throws<ArgumentNullException>("builder", () => default(IWebhooksBuilder)!.AddHarmony(_ => { }));
        Assert.Throws<ArgumentNullException>("configure", () => builder.AddHarmony((Action<HarmonyOptions>)null!));
        Assert.Throws<ArgumentNullException>("configuration", () => builder.AddHarmony((IConfiguration)null!));
        Assert.Throws<ArgumentException>("name", () => builder.AddHarmony(" ", _ => { }));
        Assert.Throws<ArgumentException>("name", () => builder.AddHarmony("", Section()));
    }

    private static IConfiguration Section(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)))
            .Build();
}
