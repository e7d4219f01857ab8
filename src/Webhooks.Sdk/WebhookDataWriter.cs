namespace Webhooks.Sdk;

/// <summary>
/// Writes the data of an event as one JSON value.
/// </summary>
/// <typeparam name="T">The type of the data.</typeparam>
/// <param name="writer">Where to write; hand it on by reference. It need not be flushed.</param>
/// <param name="data">What is written.</param>
public delegate void WebhookDataWriter<in T>(ref WebhookJsonWriter writer, T data);
