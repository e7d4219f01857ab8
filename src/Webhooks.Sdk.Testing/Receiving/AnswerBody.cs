using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// The body of an answer, made block by block while it is written: it may be larger than any memory.
/// </summary>
internal sealed class AnswerBody
{
    private const int BlockLength = 64 * 1024;
    private const int MemberLength = 1024 * 1024;

    private static readonly ReadOnlyMemory<byte> EndlessBlock = Enumerable.Repeat((byte)'a', BlockLength).ToArray();

    private AnswerBody(IEnumerable<ReadOnlyMemory<byte>> blocks, long? length, string? mediaType, string? contentEncoding = null)
    {
        Blocks = blocks;
        Length = length;
        MediaType = mediaType;
        ContentEncoding = contentEncoding;
    }

    public static AnswerBody None { get; } = new([], length: 0, mediaType: null);

    /// <summary>Gets a body of the letter a that never ends.</summary>
    public static AnswerBody Endless { get; } = new(RepeatForEver(EndlessBlock), length: null, "text/plain");

    public IEnumerable<ReadOnlyMemory<byte>> Blocks { get; }

    /// <summary>Gets how long the body is, or null when that is known only at its end.</summary>
    public long? Length { get; }

    public string? MediaType { get; }

    public string? ContentEncoding { get; }

    public static AnswerBody Of(ReadOnlyMemory<byte> body, string mediaType)
    {
        ReadOnlyMemory<byte> copy = body.ToArray();

        return new(copy.IsEmpty ? [] : [copy], copy.Length, mediaType);
    }

    /// <summary>Zeros, about a thousandth of their length on the wire.</summary>
    public static AnswerBody GzipBomb(long inflatedLength) => new(GzipMembers(inflatedLength), length: null, "text/plain", "gzip");

    private static IEnumerable<ReadOnlyMemory<byte>> RepeatForEver(ReadOnlyMemory<byte> block)
    {
        while (true)
        {
            yield return block;
        }
    }

    // A gzip file is a row of members (RFC 1952, 2.2), so that one, compressed once, serves for any length.
    private static IEnumerable<ReadOnlyMemory<byte>> GzipMembers(long inflatedLength)
    {
        byte[] member = inflatedLength >= MemberLength ? GzipZeros(MemberLength) : [];

        for (long left = inflatedLength; left > 0; left -= MemberLength)
        {
            yield return left >= MemberLength ? member : GzipZeros((int)left);
        }
    }

    private static byte[] GzipZeros(int length)
    {
        using var compressed = new MemoryStream();

        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(new byte[length]);
        }

        return compressed.ToArray();
    }
}
