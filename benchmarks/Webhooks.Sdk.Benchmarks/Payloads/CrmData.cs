using System;
using System.Linq;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// An opportunity as a CRM would tell it: twenty members of all kinds, the lines of the offer among them.
/// </summary>
[WebhookData]
public sealed partial record CrmData(
    string Id,
    string Type,
    DateTimeOffset OccurredAt,
    Guid Tenant,
    int Revision,
    string Company,
    string Contact,
    string? Assistant,
    string Email,
    string Address,
    string Comment,
    decimal Amount,
    decimal Vat,
    double Probability,
    double Latitude,
    bool IsCustomer,
    bool IsProject,
    DateTimeOffset? ClosedAt,
    long Score,
    CrmLine[] Lines)
{
    public static CrmData Example { get; } = new(
        "evt_01J9Z4TQ5GZ8V7K2M3N4P5Q6R7",
        "opportunity.won",
        new DateTimeOffset(2026, 3, 14, 9, 26, 53, 589, TimeSpan.FromHours(1)),
        new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
        42,
        "Société Générale d'Équipement Hôtelier",
        "Hélène Lefèvre",
        null,
        "helene.lefevre@equipement-hotelier.example",
        "12 allée des Érables\n44000 Nantes",
        "Le client a dit : \"on signe dès que la livraison est confirmée\".\nÀ rappeler avant Noël ; préférer l'après-midi.\nRéférence interne : dossier n° 998 \\ lot B.",
        48_250.75m,
        9_650.15m,
        0.875,
        47.21837,
        true,
        false,
        null,
        8_123_456_789,
        [.. Enumerable.Range(1, 10).Select(i => new CrmLine(i, $"SKU-{1000 + (i * 37)}", $"Chaise empilable, modèle n° {i}", i * 4, 49.90m + i, 0.05))]);
}
