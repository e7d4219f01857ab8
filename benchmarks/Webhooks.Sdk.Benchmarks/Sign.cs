using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Sending;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Makes one signature of Standard Webhooks over 203 bytes: 48 of id and timestamp, and Skalin's event.
/// </summary>
[MemoryDiagnoser]
public class Sign
{
    private readonly WebhookSecret[] _secrets = [Sdk.WebhookSecret.Parse(Example.Secret)];
    private readonly byte[] _key = Example.Key;
    private readonly byte[] _mac = new byte[HMACSHA256.HashSizeInBytes];
    private readonly long _timestamp = 1_614_265_330;
    private byte[] _signed = [];

    [GlobalSetup]
    public void CheckThatAllSignTheSame()
    {
        _signed = [.. Encoding.ASCII.GetBytes($"{Example.Id}.{_timestamp}."), .. Example.Body];
        HashData();
        string expected = $"v1,{Convert.ToBase64String(_mac)}";

        if (_signed.Length != 203 || ByStrings() != expected || BySpans() != expected || WebhookSecret() != expected)
        {
            throw new InvalidOperationException($"{ByStrings()}, {BySpans()} or {WebhookSecret()} is not {expected}.");
        }
    }

    /// <summary>
    /// The hash alone, of bytes that are ready, into bytes.
    /// </summary>
    [Benchmark(Baseline = true)]
    public int HashData() => HMACSHA256.HashData(_key, _signed, _mac);

    [Benchmark]
    public string ByStrings() => "v1," + HandWritten.SignByStrings(_key, Example.Id, _timestamp.ToString(CultureInfo.InvariantCulture), Example.Body);

    [Benchmark]
    public string BySpans() => "v1," + HandWritten.Sign(_key, Example.Id, _timestamp.ToString(CultureInfo.InvariantCulture), Example.Body);

    /// <summary>
    /// Ours, to the finished value of <c>webhook-signature</c>.
    /// </summary>
    [Benchmark]
    public string WebhookSecret() => Signature.Sign(_secrets, Example.Id, _timestamp, Example.Body);
}
