namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// One line of a <see cref="CrmData"/>.
/// </summary>
[WebhookData]
public sealed partial record CrmLine(int Number, string Sku, string Label, int Quantity, decimal UnitPrice, double Discount);
