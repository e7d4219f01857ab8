using System;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Webhooks.Sdk.Json;

internal static partial class JsonPairs
{
    private static readonly JsonWriterOptions NodeOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static bool TryWriteScalar(ref WebhookJsonWriter writer, string member, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                return true;
            case char character:
                writer.WriteStringValue(new ReadOnlySpan<char>(in character));
                return true;
            case bool truth:
                writer.WriteBooleanValue(truth);
                return true;
            case Guid guid:
                writer.WriteStringValue(guid);
                return true;
            case Uri uri:
                writer.WriteStringValue(uri);
                return true;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                return true;
            default:
                return TryWriteInteger(ref writer, value) || TryWriteFraction(ref writer, member, value) || TryWriteTime(ref writer, value);
        }
    }

    private static bool TryWriteInteger(ref WebhookJsonWriter writer, object value)
    {
        switch (value)
        {
            case int number:
                writer.WriteNumberValue(number);
                return true;
            case long number:
                writer.WriteNumberValue(number);
                return true;
            case short number:
                writer.WriteNumberValue(number);
                return true;
            case byte number:
                writer.WriteNumberValue(number);
                return true;
            case uint number:
                writer.WriteNumberValue(number);
                return true;
            case ulong number:
                writer.WriteNumberValue(number);
                return true;
            case ushort number:
                writer.WriteNumberValue(number);
                return true;
            case sbyte number:
                writer.WriteNumberValue(number);
                return true;
            case nint number:
                writer.WriteNumberValue(number);
                return true;
            case nuint number:
                writer.WriteNumberValue(number);
                return true;
            case Int128 number:
                writer.WriteNumberValue(number);
                return true;
            case UInt128 number:
                writer.WriteNumberValue(number);
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteFraction(ref WebhookJsonWriter writer, string member, object value)
    {
        switch (value)
        {
            case decimal number:
                writer.WriteNumberValue(number);
                return true;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            case Half number when Half.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            case double or float or Half:
                throw Refused(member, "is NaN or infinite, for which JSON has no text; leave it out, or write null or a string");
            default:
                return false;
        }
    }

    private static bool TryWriteTime(ref WebhookJsonWriter writer, object value)
    {
        switch (value)
        {
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                return true;
            case DateTime time:
                writer.WriteStringValue(time);
                return true;
            case DateOnly date:
                writer.WriteStringValue(date);
                return true;
            case TimeOnly time:
                writer.WriteStringValue(time);
                return true;
            case TimeSpan span:
                writer.WriteStringValue(span);
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteJson(ref WebhookJsonWriter writer, string member, object value)
    {
        switch (value)
        {
            case JsonElement { ValueKind: JsonValueKind.Undefined }:
                throw Refused(member, "is a JsonElement without a value");
            case JsonElement element:
                WriteJson(ref writer, member, JsonMarshal.GetRawUtf8Value(element));
                return true;
            case JsonNode node:
                WriteNode(ref writer, member, node);
                return true;
            default:
                return false;
        }
    }

    private static void WriteNode(ref WebhookJsonWriter writer, string member, JsonNode node)
    {
        using var buffer = new PooledBufferWriter();

        using (var json = new Utf8JsonWriter(buffer, NodeOptions))
        {
            node.WriteTo(json);
        }

        WriteJson(ref writer, member, buffer.WrittenSpan);
    }

    private static void WriteJson(ref WebhookJsonWriter writer, string member, ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            writer.WriteRawValue(utf8Json);
        }
        catch (ArgumentException)
        {
            // An element keeps the comments and trailing commas that its document was read with.
            throw Refused(member, "is JSON that cannot be sent: it nests too deep, or has comments or trailing commas");
        }
    }
}
