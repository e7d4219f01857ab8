using System.Buffers;
using System.Text.Json;
using Newtonsoft.Json;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// S: the smallest real event, Skalin's.
/// </summary>
internal sealed class SkalinPayload : Payload
{
    private static readonly JsonEncodedText EventIdName = JsonEncodedText.Encode("eventId");
    private static readonly JsonEncodedText CustomerIdName = JsonEncodedText.Encode("customerId");
    private static readonly JsonEncodedText TsName = JsonEncodedText.Encode("ts");
    private static readonly JsonEncodedText LocaltimeName = JsonEncodedText.Encode("localtime");
    private static readonly JsonEncodedText EventName = JsonEncodedText.Encode("event");
    private static readonly JsonEncodedText NameName = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText ScoreName = JsonEncodedText.Encode("score");

    private readonly SkalinData _data = SkalinData.Example;

    public override int Size => 155;

    public static void WriteTypical(Utf8JsonWriter writer, SkalinData data)
    {
        writer.WriteStartObject();
        writer.WriteString("eventId", data.EventId);
        writer.WriteString("customerId", data.CustomerId);
        writer.WriteString("ts", data.Ts);
        writer.WriteString("localtime", data.Localtime);
        writer.WriteStartObject("event");
        writer.WriteString("name", data.Event.Name);
        writer.WriteNumber("score", data.Event.Score);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteTuned(Utf8JsonWriter writer, SkalinData data)
    {
        writer.WriteStartObject();
        writer.WriteString(EventIdName, data.EventId);
        writer.WriteString(CustomerIdName, data.CustomerId);
        writer.WriteString(TsName, data.Ts);
        writer.WriteString(LocaltimeName, data.Localtime);
        writer.WriteStartObject(EventName);
        writer.WriteString(NameName, data.Event.Name);
        writer.WriteNumber(ScoreName, data.Event.Score);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void Write(ref WebhookJsonWriter writer, SkalinData data)
    {
        writer.WriteStartObject();
        writer.WriteString("eventId"u8, data.EventId);
        writer.WriteString("customerId"u8, data.CustomerId);
        writer.WriteString("ts"u8, data.Ts);
        writer.WriteString("localtime"u8, data.Localtime);
        writer.WriteStartObject("event"u8);
        writer.WriteString("name"u8, data.Event.Name);
        writer.WriteNumber("score"u8, data.Event.Score);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public override void WriteTypical(Utf8JsonWriter writer) => WriteTypical(writer, _data);

    public override void WriteTuned(Utf8JsonWriter writer) => WriteTuned(writer, _data);

    public override void Write(ref WebhookJsonWriter writer) => Write(ref writer, _data);

    public override void WriteData(IBufferWriter<byte> output) => _data.WriteTo(output);

    public override byte[] SerializeToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(_data, PayloadJson.Default.SkalinData);

    public override void Serialize(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, _data, PayloadJson.Default.SkalinData);

    public override string SerializeWithNewtonsoft() => JsonConvert.SerializeObject(_data, NewtonsoftSettings.CamelCase);
}
