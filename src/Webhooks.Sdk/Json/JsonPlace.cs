namespace Webhooks.Sdk.Json;

/// <summary>
/// Where in the JSON text a <see cref="WebhookJsonWriter"/> stands, and so what may be written next.
/// </summary>
/// <remarks>
/// The order matters: values are expected up to <see cref="NextElement"/>, names at <see cref="FirstMember"/> and <see cref="NextMember"/>.
/// </remarks>
internal enum JsonPlace : byte
{
    Start,
    AfterName,
    FirstElement,
    NextElement,
    FirstMember,
    NextMember,
    End,
}
