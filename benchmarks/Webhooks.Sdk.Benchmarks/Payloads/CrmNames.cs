using System.Text.Json;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// The names of <see cref="CrmData"/>'s members, encoded once.
/// </summary>
internal static class CrmNames
{
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText OccurredAt = JsonEncodedText.Encode("occurredAt");
    public static readonly JsonEncodedText Tenant = JsonEncodedText.Encode("tenant");
    public static readonly JsonEncodedText Revision = JsonEncodedText.Encode("revision");
    public static readonly JsonEncodedText Company = JsonEncodedText.Encode("company");
    public static readonly JsonEncodedText Contact = JsonEncodedText.Encode("contact");
    public static readonly JsonEncodedText Assistant = JsonEncodedText.Encode("assistant");
    public static readonly JsonEncodedText Email = JsonEncodedText.Encode("email");
    public static readonly JsonEncodedText Address = JsonEncodedText.Encode("address");
    public static readonly JsonEncodedText Comment = JsonEncodedText.Encode("comment");
    public static readonly JsonEncodedText Amount = JsonEncodedText.Encode("amount");
    public static readonly JsonEncodedText Vat = JsonEncodedText.Encode("vat");
    public static readonly JsonEncodedText Probability = JsonEncodedText.Encode("probability");
    public static readonly JsonEncodedText Latitude = JsonEncodedText.Encode("latitude");
    public static readonly JsonEncodedText IsCustomer = JsonEncodedText.Encode("isCustomer");
    public static readonly JsonEncodedText IsProject = JsonEncodedText.Encode("isProject");
    public static readonly JsonEncodedText ClosedAt = JsonEncodedText.Encode("closedAt");
    public static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    public static readonly JsonEncodedText Lines = JsonEncodedText.Encode("lines");

    public static readonly JsonEncodedText Number = JsonEncodedText.Encode("number");
    public static readonly JsonEncodedText Sku = JsonEncodedText.Encode("sku");
    public static readonly JsonEncodedText Label = JsonEncodedText.Encode("label");
    public static readonly JsonEncodedText Quantity = JsonEncodedText.Encode("quantity");
    public static readonly JsonEncodedText UnitPrice = JsonEncodedText.Encode("unitPrice");
    public static readonly JsonEncodedText Discount = JsonEncodedText.Encode("discount");
}
