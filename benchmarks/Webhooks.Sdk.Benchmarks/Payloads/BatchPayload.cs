using System.Buffers;
using System.Linq;
using System.Text.Json;
using Newtonsoft.Json;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// B: an array of 1,000 times <see cref="SkalinPayload"/>.
/// </summary>
internal sealed class BatchPayload : Payload
{
    private readonly SkalinData[] _data = [.. Enumerable.Repeat(SkalinData.Example, 1000)];

    public override int Size => 156_001;

    public override void WriteTypical(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();

        foreach (SkalinData data in _data)
        {
            SkalinPayload.WriteTypical(writer, data);
        }

        writer.WriteEndArray();
    }

    public override void WriteTuned(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();

        foreach (SkalinData data in _data)
        {
            SkalinPayload.WriteTuned(writer, data);
        }

        writer.WriteEndArray();
    }

    public override void Write(ref WebhookJsonWriter writer)
    {
        writer.WriteStartArray();

        foreach (SkalinData data in _data)
        {
            SkalinPayload.Write(ref writer, data);
        }

        writer.WriteEndArray();
    }

    public override void WriteData(IBufferWriter<byte> output)
    {
        var writer = new WebhookJsonWriter(output);
        writer.WriteStartArray();

        foreach (SkalinData data in _data)
        {
            writer.WriteDataValue(data);
        }

        writer.WriteEndArray();
        writer.Flush();
    }

    public override byte[] SerializeToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(_data, PayloadJson.Default.SkalinDataArray);

    public override void Serialize(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, _data, PayloadJson.Default.SkalinDataArray);

    public override string SerializeWithNewtonsoft() => JsonConvert.SerializeObject(_data, NewtonsoftSettings.CamelCase);
}
