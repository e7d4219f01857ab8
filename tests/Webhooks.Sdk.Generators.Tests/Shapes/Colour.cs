using System.Text.Json.Serialization;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
public enum Colour : ulong
{
    Red,

    [JsonStringEnumMemberName("pale \"green\"")]
    Green = ulong.MaxValue - 1,

    Blue = 2,
}
