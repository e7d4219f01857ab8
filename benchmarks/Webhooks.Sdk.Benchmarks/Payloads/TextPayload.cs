using System.Buffers;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// L: four texts of 4 KiB of UTF-8: ASCII, French, Chinese with emoji, and ASCII with something to escape every 20 characters.
/// </summary>
internal sealed class TextPayload : Payload
{
    private const int Length = 4096;

    private static readonly JsonEncodedText AsciiName = JsonEncodedText.Encode("ascii");
    private static readonly JsonEncodedText FrenchName = JsonEncodedText.Encode("french");
    private static readonly JsonEncodedText ChineseName = JsonEncodedText.Encode("chinese");
    private static readonly JsonEncodedText EscapedName = JsonEncodedText.Encode("escaped");

    private readonly TextData _data = new(
        Repeat("The customer asked for a second offer and will decide next week. "),
        Repeat("L'été dernier, le client a été très satisfait : reçu à Noël, le devis a été signé où il fallait, à côté du siège. "),
        Repeat("客户对新的报价非常满意，下周会做出决定。😀请联系销售部门确认交货日期。👍"),
        Repeat("The customer wrote:\"we will sign today.\" so call them then.\n"));

    public override int Size => 16_638;

    public override void WriteTypical(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("ascii", _data.Ascii);
        writer.WriteString("french", _data.French);
        writer.WriteString("chinese", _data.Chinese);
        writer.WriteString("escaped", _data.Escaped);
        writer.WriteEndObject();
    }

    public override void WriteTuned(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(AsciiName, _data.Ascii);
        writer.WriteString(FrenchName, _data.French);
        writer.WriteString(ChineseName, _data.Chinese);
        writer.WriteString(EscapedName, _data.Escaped);
        writer.WriteEndObject();
    }

    public override void Write(ref WebhookJsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("ascii"u8, _data.Ascii);
        writer.WriteString("french"u8, _data.French);
        writer.WriteString("chinese"u8, _data.Chinese);
        writer.WriteString("escaped"u8, _data.Escaped);
        writer.WriteEndObject();
    }

    public override void WriteData(IBufferWriter<byte> output) => _data.WriteTo(output);

    public override byte[] SerializeToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(_data, PayloadJson.Default.TextData);

    public override void Serialize(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, _data, PayloadJson.Default.TextData);

    public override string SerializeWithNewtonsoft() => JsonConvert.SerializeObject(_data, NewtonsoftSettings.CamelCase);

    // Whole characters only, and spaces for what is left.
    private static string Repeat(string unit)
    {
        var text = new StringBuilder();
        int length = 0;

        while (length < Length)
        {
            foreach (Rune rune in unit.EnumerateRunes())
            {
                Rune next = length + rune.Utf8SequenceLength <= Length ? rune : new Rune(' ');

                if (length < Length)
                {
                    text.Append(next);
                    length += next.Utf8SequenceLength;
                }
            }
        }

        return text.ToString();
    }
}
