using System;
using System.Buffers;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class CappedBodyTests
{
    private const string Secret = "s3cr3t";
    private const int Cap = 64;

    [Fact]
    public void ReadAsync_Body_LeavesNothingOfItInThePools()
    {
        using var answer = new HttpResponseMessage { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(Secret)) };

        // All in memory, so nothing is waited for: the pool hands out what this very thread gave back last.
        ValueTask<(string Text, bool IsComplete, Exception? Error)> reading = CappedBody.ReadAsync(answer, Cap, CancellationToken.None);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Cap);
        char[] chars = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(Secret.Length));

        Assert.True(reading.IsCompletedSuccessfully);
        Assert.DoesNotContain(Secret, Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, new string(chars), StringComparison.Ordinal);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<char>.Shared.Return(chars);
    }
}
