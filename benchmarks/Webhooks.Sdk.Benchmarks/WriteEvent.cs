using System;
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Payloads;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Writes an event as JSON into a buffer that is used again: S is Skalin's event, M an opportunity of a CRM, L four texts of 4 KiB, B an array of
/// 1,000 S.
/// </summary>
[MemoryDiagnoser]
public class WriteEvent
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512 * 1024);
    private readonly Utf8JsonWriter _typical;
    private readonly Utf8JsonWriter _tuned;
    private Payload _payload = Payload.Named("S");
    private byte[] _finished = [];

    public WriteEvent()
    {
        _typical = new Utf8JsonWriter(_buffer);
        _tuned = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    [Params("S", "M", "L", "B")]
    public string Name { get; set; } = "S";

    [GlobalSetup]
    public void CheckThatAllWriteTheSame()
    {
        _payload = Payload.Named(Name);
        WebhookJsonWriter();
        _finished = _buffer.WrittenSpan.ToArray();
        JsonNode? expected = JsonNode.Parse(_finished);

        if (_finished.Length != _payload.Size)
        {
            throw new InvalidOperationException($"{Name} has {_finished.Length} bytes instead of {_payload.Size}.");
        }

        foreach (Func<int> benchmark in new[] { Utf8JsonWriterTypical, Utf8JsonWriterTuned, SourceGeneratedIntoTunedWriter, SystemTextJsonEscaping, WebhookData })
        {
            benchmark();
            Check(benchmark.Method.Name, _buffer.WrittenSpan, expected);
        }

        Check(nameof(SourceGeneratedToBytes), SourceGeneratedToBytes(), expected);
        Check(nameof(NewtonsoftJson), NewtonsoftJson(), expected);
    }

    [Benchmark(Baseline = true)]
    public int Utf8JsonWriterTypical()
    {
        _buffer.ResetWrittenCount();
        _typical.Reset(_buffer);
        _payload.WriteTypical(_typical);
        _typical.Flush();
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public int Utf8JsonWriterTuned()
    {
        _buffer.ResetWrittenCount();
        _tuned.Reset(_buffer);
        _payload.WriteTuned(_tuned);
        _tuned.Flush();
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public byte[] SourceGeneratedToBytes() => _payload.SerializeToUtf8Bytes();

    [Benchmark]
    public int SourceGeneratedIntoTunedWriter()
    {
        _buffer.ResetWrittenCount();
        _tuned.Reset(_buffer);
        _payload.Serialize(_tuned);
        _tuned.Flush();
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public byte[] NewtonsoftJson() => Encoding.UTF8.GetBytes(_payload.SerializeWithNewtonsoft());

    [Benchmark]
    public int WebhookJsonWriter()
    {
        _buffer.ResetWrittenCount();
        var writer = new WebhookJsonWriter(_buffer);
        _payload.Write(ref writer);
        writer.Flush();
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public int SystemTextJsonEscaping()
    {
        _buffer.ResetWrittenCount();
        var writer = new WebhookJsonWriter(_buffer, WebhookJsonEscaping.SystemTextJson);
        _payload.Write(ref writer);
        writer.Flush();
        return _buffer.WrittenCount;
    }

    /// <summary>
    /// The writer that is generated for <c>[WebhookData]</c>.
    /// </summary>
    [Benchmark]
    public int WebhookData()
    {
        _buffer.ResetWrittenCount();
        _payload.WriteData(_buffer);
        return _buffer.WrittenCount;
    }

    /// <summary>
    /// The limit: the finished bytes are copied.
    /// </summary>
    [Benchmark]
    public int Memcpy()
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(_finished);
        return _buffer.WrittenCount;
    }

    private static void Check(string benchmark, ReadOnlySpan<byte> written, JsonNode? expected)
    {
        if (!JsonNode.DeepEquals(JsonNode.Parse(written), expected))
        {
            throw new InvalidOperationException($"{benchmark} wrote {Encoding.UTF8.GetString(written)}");
        }
    }
}
