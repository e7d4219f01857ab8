using System.Buffers;
using System.Text.Json;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// One event, and the code that a user would write for it with each way of making JSON.
/// </summary>
/// <remarks>
/// A further way is one more method here and one more benchmark in <see cref="WriteEvent"/>.
/// </remarks>
public abstract class Payload
{
    /// <summary>
    /// Gets how many bytes the event has, escaped as RFC 8259 requires and no more.
    /// </summary>
    public abstract int Size { get; }

    /// <summary>
    /// Finds a payload by the name that results are listed under.
    /// </summary>
    public static Payload Named(string name) => name switch
    {
        "S" => new SkalinPayload(),
        "M" => new CrmPayload(),
        "L" => new TextPayload(),
        _ => new BatchPayload(),
    };

    /// <summary>
    /// Writes with the names as strings.
    /// </summary>
    public abstract void WriteTypical(Utf8JsonWriter writer);

    /// <summary>
    /// Writes with the names encoded beforehand.
    /// </summary>
    public abstract void WriteTuned(Utf8JsonWriter writer);

    /// <summary>
    /// Writes with our writer.
    /// </summary>
    public abstract void Write(ref WebhookJsonWriter writer);

    /// <summary>
    /// Writes with the writer that is generated for the data.
    /// </summary>
    public abstract void WriteData(IBufferWriter<byte> output);

    public abstract byte[] SerializeToUtf8Bytes();

    public abstract void Serialize(Utf8JsonWriter writer);

    public abstract string SerializeWithNewtonsoft();
}
