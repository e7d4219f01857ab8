using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Writes the smallest real event, Skalin's of 155 bytes, into a buffer that is used again.
/// </summary>
[MemoryDiagnoser]
public class WriteEvent
{
    private const string Expected =
        """{"eventId":"e07595f29f1928y5","customerId":"customer1234","ts":"2021-05-08T12:00:05","localtime":"08:00:05","event":{"name":"ActivationService","score":5}}""";

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _utf8JsonWriter;

    private readonly string _eventId = "e07595f29f1928y5";
    private readonly string _customerId = "customer1234";
    private readonly DateTime _timestamp = new(2021, 5, 8, 12, 0, 5);
    private readonly string _localTime = "08:00:05";
    private readonly string _featureName = "ActivationService";
    private readonly int _score = 5;

    public WriteEvent()
    {
        _utf8JsonWriter = new Utf8JsonWriter(_buffer);
    }

    [GlobalSetup]
    public void CheckThatAllWriteTheSame()
    {
        foreach (Func<int> benchmark in new[] { Utf8JsonWriter, WebhookJsonWriter })
        {
            benchmark();
            string written = Encoding.UTF8.GetString(_buffer.WrittenSpan);

            if (!string.Equals(written, Expected, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{benchmark.Method.Name} wrote {written}");
            }
        }
    }

    [Benchmark(Baseline = true)]
    public int Utf8JsonWriter()
    {
        _buffer.ResetWrittenCount();
        Utf8JsonWriter writer = _utf8JsonWriter;
        writer.Reset(_buffer);

        writer.WriteStartObject();
        writer.WriteString("eventId", _eventId);
        writer.WriteString("customerId", _customerId);
        writer.WriteString("ts", _timestamp);
        writer.WriteString("localtime", _localTime);
        writer.WriteStartObject("event");
        writer.WriteString("name", _featureName);
        writer.WriteNumber("score", _score);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public int WebhookJsonWriter()
    {
        _buffer.ResetWrittenCount();
        var writer = new WebhookJsonWriter(_buffer);

        writer.WriteStartObject();
        writer.WriteString("eventId"u8, _eventId);
        writer.WriteString("customerId"u8, _customerId);
        writer.WriteString("ts"u8, _timestamp);
        writer.WriteString("localtime"u8, _localTime);
        writer.WriteStartObject("event"u8);
        writer.WriteString("name"u8, _featureName);
        writer.WriteNumber("score"u8, _score);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return _buffer.WrittenCount;
    }
}
