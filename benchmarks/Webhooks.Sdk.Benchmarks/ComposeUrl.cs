using System;
using System.Globalization;
using BenchmarkDotNet.Attributes;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Composes the URL of a Divalto Harmony webhook: a base, a path, a code and two parameters.
/// </summary>
[MemoryDiagnoser]
public class ComposeUrl
{
    private readonly string _baseUrl = "http://localhost:8080/DhsDivaltoServiceDivaApiRest";
    private readonly string _code = "MONWEBHOOKACADEMY123456789012363F53";
    private readonly int _folder = 998;
    private readonly string _customer = "C0000001";

    [GlobalSetup]
    public void CheckThatBothComposeTheSame()
    {
        if (UriBuilder().AbsoluteUri != WebhookUrl().AbsoluteUri)
        {
            throw new InvalidOperationException($"{UriBuilder()} is not {WebhookUrl()}");
        }
    }

    [Benchmark(Baseline = true)]
    public Uri UriBuilder()
    {
        var builder = new UriBuilder(_baseUrl);
        builder.Path += "/api/v1/WebHook/" + Uri.EscapeDataString(_code);
        builder.Query = "dos=" + Uri.EscapeDataString(_folder.ToString(CultureInfo.InvariantCulture)) + "&refreshCustomer=" + Uri.EscapeDataString(_customer);
        return builder.Uri;
    }

    [Benchmark]
    public Uri WebhookUrl() =>
        Sdk.WebhookUrl.For(_baseUrl).Path("api/v1/WebHook").Code(_code).Query("dos", _folder).Query("refreshCustomer", _customer).Build();
}
