using System;
using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Webhooks.Sdk;

public static partial class WebhookDataParts
{
    /// <summary>
    /// Gives an upper bound for bytes as a Base64 string with its quotation marks.
    /// </summary>
    /// <param name="value">The bytes.</param>
    /// <returns>The bound in bytes.</returns>
    public static long MaxLength(ReadOnlySpan<byte> value) => ((value.Length + 2L) / 3 * 4) + 2;

    /// <summary>
    /// Writes bytes as Base64 (RFC 4648 section 4, with padding) and the quotation mark after them.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index after the quotation mark before it.</param>
    /// <param name="value">The bytes.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static int WriteBase64(Span<byte> destination, int position, ReadOnlySpan<byte> value)
    {
        long length = MaxLength(value) - 1;

        if (length > destination.Length)
        {
            ThrowDoesNotFit();
        }

        Span<byte> room = Room(destination, position, (int)length);
        OperationStatus status = Base64.EncodeToUtf8(value, room, out _, out int written);
        Debug.Assert(status == OperationStatus.Done, "Base64 is longer than was reserved for it.");
        return Quote(room, position, written);
    }

    /// <summary>
    /// Gives the length of a JSON element, and checks that it can be written as it is.
    /// </summary>
    /// <param name="value">The element.</param>
    /// <param name="depth">How many objects and arrays are open around it.</param>
    /// <returns>The length in bytes.</returns>
    /// <exception cref="InvalidOperationException">
    /// It is a JsonElement without a value, has comments or trailing commas, or more than 64 objects and arrays would be open.
    /// </exception>
    public static long MaxLength(JsonElement value, int depth)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            ThrowNoJson("is a JsonElement without a value");
        }

        ReadOnlySpan<byte> json = JsonMarshal.GetRawUtf8Value(value);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = WebhookJsonWriter.MaxDepth + 1 });

        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    CheckDepth(depth, reader.CurrentDepth + 1);
                }
            }
        }
        catch (JsonException)
        {
            // An element keeps the comments and trailing commas that its document was read with.
            ThrowNoJson("is a JsonElement with comments or trailing commas, which JSON does not have (RFC 8259)");
        }

        return json.Length;
    }

    /// <summary>
    /// Writes a JSON element as it is.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <param name="value">The element.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static int WriteElement(Span<byte> destination, int position, JsonElement value) =>
        WriteLiteral(destination, position, JsonMarshal.GetRawUtf8Value(value));

    /// <summary>
    /// Checks that some more objects and arrays may be open.
    /// </summary>
    /// <param name="depth">How many are open already.</param>
    /// <param name="levels">How many more will be.</param>
    /// <exception cref="InvalidOperationException">They are more than 64 together.</exception>
    public static void CheckDepth(int depth, int levels)
    {
        if (depth > WebhookJsonWriter.MaxDepth - levels)
        {
            ThrowTooDeep();
        }
    }

    [DoesNotReturn]
    private static void ThrowTooDeep()
    {
        throw new InvalidOperationException(
            "The data nests deeper than 64 objects and arrays, which readers of JSON do not accept. Does an object contain itself?");
    }

    [DoesNotReturn]
    private static void ThrowNoJson(string reason)
    {
        throw new InvalidOperationException($"A member of the data {reason}.");
    }
}
