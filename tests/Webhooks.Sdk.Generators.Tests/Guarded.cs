using System;
using System.Text;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests;

/// <summary>
/// Writes data into exactly as many bytes as it asks for, between bytes that must stay as they are.
/// </summary>
internal static class Guarded
{
    private const int GuardLength = 128;
    private const byte Guard = 0xA5;

    public static byte[] Write<TData>(TData data)
        where TData : IWebhookData
    {
        int bound = checked((int)data.GetMaxJsonLength(depth: 0));
        byte[] bytes = new byte[GuardLength + bound + GuardLength];
        bytes.AsSpan().Fill(Guard);

        int written = data.WriteJson(bytes.AsSpan(GuardLength, bound), position: 0);

        Assert.InRange(written, 1, bound);
        Assert.Equal(-1, bytes.AsSpan(0, GuardLength).IndexOfAnyExcept(Guard));
        Assert.Equal(-1, bytes.AsSpan(GuardLength + bound).IndexOfAnyExcept(Guard));
        return bytes[GuardLength..(GuardLength + written)];
    }

    public static string WriteText<TData>(TData data)
        where TData : IWebhookData => Encoding.UTF8.GetString(Write(data));
}
