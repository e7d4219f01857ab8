using System;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData(Naming = JsonKnownNamingPolicy.Unspecified)]
public sealed partial record Enums(
    Colour Colour,
    Colour? NoColour,
    Colour[] Colours,
    DayOfWeek Number,
    [property: JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] DayOfWeek Name,
    [property: JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] DayOfWeek? NoName);
