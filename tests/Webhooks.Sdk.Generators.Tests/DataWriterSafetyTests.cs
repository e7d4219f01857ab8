using System;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests;

/// <summary>
/// <see cref="WebhookDataParts"/> is public, so whatever it is given must do no harm.
/// </summary>
public sealed class DataWriterSafetyTests
{
    private delegate int Write(Span<byte> destination, int position);

    private static readonly Write[] Writes =
    [
        (destination, position) => WebhookDataParts.WriteLiteral(destination, position, "null"u8),
        (destination, position) => WebhookDataParts.WriteLiteral(destination, position, "true   "u8, 4),
        (destination, position) => WebhookDataParts.WriteEndArray(destination, position, position),
        (destination, position) => WebhookDataParts.WriteEndArray(destination, position, 3),
        (destination, position) => WebhookDataParts.WriteEndObject(destination, -1, position),
        (destination, position) => WebhookDataParts.WriteBoolean(destination, position, true),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, 5),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, 55),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, 5u),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, 5L),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, 5UL),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, (Int128)5),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, (UInt128)5),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, 5m),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, 5.0),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, 5f),
        (destination, position) => WebhookDataParts.WriteNumber(destination, position, (Half)5),
        (destination, position) => WebhookDataParts.WriteText(destination, position, (string?)null),
        (destination, position) => WebhookDataParts.WriteText(destination, position, ""),
        (destination, position) => WebhookDataParts.WriteText(destination, position, "ab"),
        (destination, position) => WebhookDataParts.WriteText(destination, position, "abcdef"),
        (destination, position) => WebhookDataParts.WriteText(destination, position, "abcdefghijkl"),
        (destination, position) => WebhookDataParts.WriteText(destination, position, "abcdefghijklmnopqrst"),
        (destination, position) => WebhookDataParts.WriteText(destination, position, new string('é', 100)),
        (destination, position) => WebhookDataParts.WriteText(destination, position, 'a'),
        (destination, position) => WebhookDataParts.WriteText(destination, position, default(DateTime)),
        (destination, position) => WebhookDataParts.WriteText(destination, position, default(DateTimeOffset)),
        (destination, position) => WebhookDataParts.WriteText(destination, position, default(DateOnly)),
        (destination, position) => WebhookDataParts.WriteText(destination, position, default(TimeOnly)),
        (destination, position) => WebhookDataParts.WriteText(destination, position, default(TimeSpan)),
        (destination, position) => WebhookDataParts.WriteText(destination, position, default(Guid)),
        (destination, position) => WebhookDataParts.WriteBase64(destination, position, [1, 2, 3, 4]),
    ];

    [Fact]
    public void Write_AnyPositionAndLength_TouchesNothingOutside()
    {
        const int Guard = 64;

        foreach (Write write in Writes)
        {
            for (int length = 0; length < 48; length++)
            {
                foreach (int position in (int[])[int.MinValue, -100, -2, -1, 0, 1, 2, length - 3, length - 2, length - 1, length, length + 1, 1000, int.MaxValue - 1, int.MaxValue])
                {
                    byte[] bytes = new byte[Guard + length + Guard];
                    bytes.AsSpan().Fill(0xA5);

                    Exception? thrown = Record.Exception(() => write(bytes.AsSpan(Guard, length), position));

                    Assert.True(thrown is null or InvalidOperationException, thrown?.ToString());
                    Assert.Equal(-1, bytes.AsSpan(0, Guard).IndexOfAnyExcept((byte)0xA5));
                    Assert.Equal(-1, bytes.AsSpan(Guard + length).IndexOfAnyExcept((byte)0xA5));
                }
            }
        }
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void Write_PositionOutside_Throws(int position)
    {
        foreach (Write write in Writes)
        {
            Assert.Throws<InvalidOperationException>(() => write(new byte[200], position));
        }
    }
}
