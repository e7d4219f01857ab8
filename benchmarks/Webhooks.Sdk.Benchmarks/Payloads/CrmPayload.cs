using System.Buffers;
using System.Text.Json;
using Newtonsoft.Json;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// M: an opportunity of a CRM.
/// </summary>
internal sealed class CrmPayload : Payload
{
    private readonly CrmData _data = CrmData.Example;

    public override int Size => 1_913;

    public override void WriteTypical(Utf8JsonWriter writer)
    {
        CrmData data = _data;

        writer.WriteStartObject();
        writer.WriteString("id", data.Id);
        writer.WriteString("type", data.Type);
        writer.WriteString("occurredAt", data.OccurredAt);
        writer.WriteString("tenant", data.Tenant);
        writer.WriteNumber("revision", data.Revision);
        writer.WriteString("company", data.Company);
        writer.WriteString("contact", data.Contact);
        writer.WriteString("assistant", data.Assistant);
        writer.WriteString("email", data.Email);
        writer.WriteString("address", data.Address);
        writer.WriteString("comment", data.Comment);
        writer.WriteNumber("amount", data.Amount);
        writer.WriteNumber("vat", data.Vat);
        writer.WriteNumber("probability", data.Probability);
        writer.WriteNumber("latitude", data.Latitude);
        writer.WriteBoolean("isCustomer", data.IsCustomer);
        writer.WriteBoolean("isProject", data.IsProject);
        writer.WriteNull("closedAt");
        writer.WriteNumber("score", data.Score);
        writer.WriteStartArray("lines");

        foreach (CrmLine line in data.Lines)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", line.Number);
            writer.WriteString("sku", line.Sku);
            writer.WriteString("label", line.Label);
            writer.WriteNumber("quantity", line.Quantity);
            writer.WriteNumber("unitPrice", line.UnitPrice);
            writer.WriteNumber("discount", line.Discount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public override void WriteTuned(Utf8JsonWriter writer)
    {
        CrmData data = _data;

        writer.WriteStartObject();
        writer.WriteString(CrmNames.Id, data.Id);
        writer.WriteString(CrmNames.Type, data.Type);
        writer.WriteString(CrmNames.OccurredAt, data.OccurredAt);
        writer.WriteString(CrmNames.Tenant, data.Tenant);
        writer.WriteNumber(CrmNames.Revision, data.Revision);
        writer.WriteString(CrmNames.Company, data.Company);
        writer.WriteString(CrmNames.Contact, data.Contact);
        writer.WriteString(CrmNames.Assistant, data.Assistant);
        writer.WriteString(CrmNames.Email, data.Email);
        writer.WriteString(CrmNames.Address, data.Address);
        writer.WriteString(CrmNames.Comment, data.Comment);
        writer.WriteNumber(CrmNames.Amount, data.Amount);
        writer.WriteNumber(CrmNames.Vat, data.Vat);
        writer.WriteNumber(CrmNames.Probability, data.Probability);
        writer.WriteNumber(CrmNames.Latitude, data.Latitude);
        writer.WriteBoolean(CrmNames.IsCustomer, data.IsCustomer);
        writer.WriteBoolean(CrmNames.IsProject, data.IsProject);
        writer.WriteNull(CrmNames.ClosedAt);
        writer.WriteNumber(CrmNames.Score, data.Score);
        writer.WriteStartArray(CrmNames.Lines);

        foreach (CrmLine line in data.Lines)
        {
            writer.WriteStartObject();
            writer.WriteNumber(CrmNames.Number, line.Number);
            writer.WriteString(CrmNames.Sku, line.Sku);
            writer.WriteString(CrmNames.Label, line.Label);
            writer.WriteNumber(CrmNames.Quantity, line.Quantity);
            writer.WriteNumber(CrmNames.UnitPrice, line.UnitPrice);
            writer.WriteNumber(CrmNames.Discount, line.Discount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public override void Write(ref WebhookJsonWriter writer)
    {
        CrmData data = _data;

        writer.WriteStartObject();
        writer.WriteString("id"u8, data.Id);
        writer.WriteString("type"u8, data.Type);
        writer.WriteString("occurredAt"u8, data.OccurredAt);
        writer.WriteString("tenant"u8, data.Tenant);
        writer.WriteNumber("revision"u8, data.Revision);
        writer.WriteString("company"u8, data.Company);
        writer.WriteString("contact"u8, data.Contact);
        writer.WriteString("assistant"u8, data.Assistant);
        writer.WriteString("email"u8, data.Email);
        writer.WriteString("address"u8, data.Address);
        writer.WriteString("comment"u8, data.Comment);
        writer.WriteNumber("amount"u8, data.Amount);
        writer.WriteNumber("vat"u8, data.Vat);
        writer.WriteNumber("probability"u8, data.Probability);
        writer.WriteNumber("latitude"u8, data.Latitude);
        writer.WriteBoolean("isCustomer"u8, data.IsCustomer);
        writer.WriteBoolean("isProject"u8, data.IsProject);
        writer.WriteNull("closedAt"u8);
        writer.WriteNumber("score"u8, data.Score);
        writer.WriteStartArray("lines"u8);

        foreach (CrmLine line in data.Lines)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number"u8, line.Number);
            writer.WriteString("sku"u8, line.Sku);
            writer.WriteString("label"u8, line.Label);
            writer.WriteNumber("quantity"u8, line.Quantity);
            writer.WriteNumber("unitPrice"u8, line.UnitPrice);
            writer.WriteNumber("discount"u8, line.Discount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public override void WriteData(IBufferWriter<byte> output) => _data.WriteTo(output);

    public override byte[] SerializeToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(_data, PayloadJson.Default.CrmData);

    public override void Serialize(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, _data, PayloadJson.Default.CrmData);

    public override string SerializeWithNewtonsoft() => JsonConvert.SerializeObject(_data, NewtonsoftSettings.CamelCase);
}
