using System;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests;

/// <summary>
/// What System.Text.Json makes of the same data: the oracle.
/// </summary>
internal static class Expected
{
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Asserts that data is written byte by byte as System.Text.Json does. Text in it must be what both escape alike.
    /// </summary>
    public static void SameText<TData>(TData data, JsonSerializerOptions? options = null)
        where TData : IWebhookData
    {
        Assert.Equal(JsonSerializer.Serialize(data, options ?? Relaxed), Guarded.WriteText(data));
    }

    /// <summary>
    /// Asserts that what is written is valid, and reads back as what System.Text.Json writes.
    /// </summary>
    public static void SameMeaning(object data, Type type, byte[] written)
    {
        using JsonDocument actual = JsonDocument.Parse(written);
        using JsonDocument expected = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(data, type, Relaxed));

        Assert.True(
            JsonElement.DeepEquals(expected.RootElement, actual.RootElement),
            $"Expected {expected.RootElement.GetRawText()}\nbut found {Encoding.UTF8.GetString(written)}");
    }
}
