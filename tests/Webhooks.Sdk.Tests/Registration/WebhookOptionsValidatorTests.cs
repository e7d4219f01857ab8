using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Webhooks.Sdk.Tests.Registration;

public sealed class WebhookOptionsValidatorTests
{
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "MaxAttempts", "0", "MaxAttempts: must be from 1 to 100, but was 0." },
        { "MaxAttempts", "101", "MaxAttempts: must be from 1 to 100, but was 101." },
        { "AttemptTimeout", "00:00:00.099", "AttemptTimeout: must be from 100 milliseconds to 10 minutes, but was 00:00:00.0990000." },
        { "AttemptTimeout", "00:10:00.001", "AttemptTimeout: must be from 100 milliseconds to 10 minutes, but was 00:10:00.0010000." },
        { "ConnectTimeout", "00:00:00", "ConnectTimeout: must be from 100 milliseconds to 10 minutes, but was 00:00:00." },
        { "MaxRequestBodySize", "0", "MaxRequestBodySize: must be from 1 to 1,073,741,824, but was 0." },
        { "MaxRequestBodySize", "1073741825", "MaxRequestBodySize: must be from 1 to 1,073,741,824, but was 1,073,741,825." },
        { "MaxResponseBodySize", "-1", "MaxResponseBodySize: must be from 0 to 1,048,576, but was -1." },
        { "MaxResponseBodySize", "1048577", "MaxResponseBodySize: must be from 0 to 1,048,576, but was 1,048,577." },
        { "AllowedNetworks:0", "10.0.0.0", "'10.0.0.0' is not an address range." },
        { "AllowedHosts:0", "http://crm.internal", "'http://crm.internal' is not a host name." },
        { "AllowedHosts:0", "10.0.0.1", "'10.0.0.1' is not a host name." },
        { "AllowedPorts:0", "65536", "AllowedPorts: must be from 1 to 65,535, but was 65,536." },
        { "Proxy", "ftp://proxy.example", "Proxy: must be an absolute http or https URL" },
        { "UserAgent", "a\nb", "UserAgent: must be visible ASCII" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Start_WrongOption_FailsAndNamesTheMemberTheValueAndTheLimit(string key, string value, string message)
    {
        using var scope = new CultureScope("fi-FI");
        using IHost host = BuildHost(key, value);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task SendAsync_WrongOptionWithoutAHost_FailsAtFirstUse(string key, string value, string message)
    {
        await using ServiceProvider provider = new ServiceCollection().AddWebhooks(Configuration(key, value)).Services.BuildServiceProvider();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => provider.Webhooks().SendAsync(WebhookRequest.Get("https://crm.example/").Build()));

        Assert.NotEmpty(message);
        Assert.NotEmpty(exception.Failures);
    }

    [Fact]
    public void Bind_EveryOption_IsRead()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MaxAttempts"] = "7",
            ["AttemptTimeout"] = "00:00:20",
            ["ConnectTimeout"] = "00:00:03",
            ["MaxRequestBodySize"] = "10",
            ["MaxResponseBodySize"] = "11",
            ["UserAgent"] = "acme/1",
            ["AllowLoopback"] = "true",
            ["AllowedNetworks:0"] = "10.0.0.0/8",
            ["AllowedHosts:0"] = "crm.internal",
            ["AllowedPorts:0"] = "443",
            ["Proxy"] = "http://proxy.example:3128",
        }).Build();

        using ServiceProvider provider = new ServiceCollection().AddWebhooks(configuration).Services.BuildServiceProvider();
        WebhookOptions options = provider.GetRequiredService<IOptions<WebhookOptions>>().Value;

        Assert.Equal((7, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(3)), (options.MaxAttempts, options.AttemptTimeout, options.ConnectTimeout));
        Assert.Equal((10, 11, "acme/1", true), (options.MaxRequestBodySize, options.MaxResponseBodySize, options.UserAgent, options.AllowLoopback));
        Assert.Equal(["10.0.0.0/8"], options.AllowedNetworks);
        Assert.Equal(["crm.internal"], options.AllowedHosts);
        Assert.Equal([443], options.AllowedPorts);
        Assert.Equal(new Uri("http://proxy.example:3128"), options.Proxy);
    }

    private static IHost BuildHost(string key, string value)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddWebhooks(Configuration(key, value));
        return builder.Build();
    }

    private static IConfigurationRoot Configuration(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
}
