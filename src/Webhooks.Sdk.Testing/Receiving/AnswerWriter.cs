using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// Writes answers to one connection, as far and as badly as they are planned.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="timeProvider">The clock of delays and drips.</param>
/// <param name="gone">Cancelled when the client sends no more: nobody waits. One that only ends its sending still gets what is written at once.</param>
/// <param name="stopping">Cancelled when the receiver stops.</param>
internal sealed class AnswerWriter(Stream stream, TimeProvider timeProvider, CancellationToken gone, CancellationToken stopping)
{
    /// <returns>What is to become of the connection.</returns>
    public async Task<AnswerEnding> WriteAsync(AnswerPlan plan, ReceivedRequest request)
    {
        await DelayAsync(plan).ConfigureAwait(false);

        if (plan.Ends(ReceiverStage.AfterRequestBody))
        {
            return plan.Ending;
        }

        if (plan.Raw is not null)
        {
            return await WriteRawAsync(plan).ConfigureAwait(false);
        }

        await WriteInterimAsync(plan).ConfigureAwait(false);
        await WriteAsync(AnswerHead.StatusLine(plan.StatusCode, plan.IsHttp10), plan.HeadPace).ConfigureAwait(false);

        if (plan.Ends(ReceiverStage.AfterStatusLine))
        {
            return plan.Ending;
        }

        if (!await WriteHeadersAsync(plan, request).ConfigureAwait(false) || plan.Ends(ReceiverStage.AfterHeaders))
        {
            return plan.Ending;
        }

        // RFC 9110, 9.3.2.
        bool hasBody = request.Method != "HEAD";

        return hasBody && !await WriteBodyAsync(plan).ConfigureAwait(false) ? plan.Ending : plan.FullEnding;
    }

    public async Task DelayAsync(AnswerPlan plan)
    {
        if (plan.Delay is not null)
        {
            await plan.Delay.PassAsync(timeProvider, gone).ConfigureAwait(false);
        }
    }

    public async Task<AnswerEnding> WriteRawAsync(AnswerPlan plan)
    {
        await WriteAsync(plan.Raw.GetValueOrDefault(), plan.BodyPace).ConfigureAwait(false);

        return plan.FullEnding;
    }

    public Task WriteInterimAsync(int statusCode, AnswerPace? pace = null) =>
        WriteAsync((byte[])[.. AnswerHead.StatusLine(statusCode), .. "\r\n"u8], pace);

    private async Task WriteInterimAsync(AnswerPlan plan)
    {
        foreach (int statusCode in plan.Interim)
        {
            await WriteInterimAsync(statusCode, plan.HeadPace).ConfigureAwait(false);
        }

        while (plan.IsInterimEndless)
        {
            await WriteInterimAsync(plan.Interim[^1], plan.HeadPace).ConfigureAwait(false);
        }
    }

    /// <returns>Whether all were written, and the answer goes on.</returns>
    private async Task<bool> WriteHeadersAsync(AnswerPlan plan, ReceivedRequest request)
    {
        byte[] headers = AnswerHead.Headers(plan, request);

        if (plan.Ends(ReceiverStage.WithinHeaders))
        {
            byte[] broken = headers.Length > 0 ? headers : AnswerHead.EndlessHeader;
            await WriteAsync(broken.AsMemory(0, broken.Length / 2), plan.HeadPace).ConfigureAwait(false);
            return false;
        }

        await WriteAsync(headers, plan.HeadPace).ConfigureAwait(false);

        while (plan.HasEndlessHeaders)
        {
            await WriteAsync(AnswerHead.EndlessHeader, plan.HeadPace).ConfigureAwait(false);
        }

        await WriteAsync("\r\n"u8.ToArray(), plan.HeadPace).ConfigureAwait(false);
        return true;
    }

    /// <returns>Whether all of it was written.</returns>
    private async Task<bool> WriteBodyAsync(AnswerPlan plan)
    {
        if (plan.HasBadChunks)
        {
            await WriteAsync("no-size\r\n"u8.ToArray(), plan.BodyPace).ConfigureAwait(false);
        }

        bool isChunked = plan.IsChunked && !plan.HasBadChunks;

        foreach (ReadOnlyMemory<byte> block in plan.Body.Blocks)
        {
            if (isChunked)
            {
                await WriteAsync(ChunkSize(block.Length), plan.BodyPace).ConfigureAwait(false);
            }

            if (plan.Ends(ReceiverStage.WithinBody))
            {
                await WriteAsync(block[..(block.Length / 2)], plan.BodyPace).ConfigureAwait(false);
                return false;
            }

            await WriteAsync(block, plan.BodyPace).ConfigureAwait(false);

            if (isChunked)
            {
                await WriteAsync("\r\n"u8.ToArray(), plan.BodyPace).ConfigureAwait(false);
            }
        }

        if (isChunked)
        {
            await WriteAsync("0\r\n\r\n"u8.ToArray(), plan.BodyPace).ConfigureAwait(false);
        }

        return true;
    }

    private static byte[] ChunkSize(int length) => Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length:x}\r\n"));

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, AnswerPace? pace)
    {
        if (pace is null)
        {
            await stream.WriteAsync(bytes, stopping).ConfigureAwait(false);
            return;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            await pace.PassAsync(timeProvider, gone).ConfigureAwait(false);
            await stream.WriteAsync(bytes.Slice(i, 1), stopping).ConfigureAwait(false);
        }
    }
}
