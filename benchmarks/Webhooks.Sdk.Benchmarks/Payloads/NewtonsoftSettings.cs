using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// What Newtonsoft.Json must be told to write the same members as the others.
/// </summary>
internal static class NewtonsoftSettings
{
    public static JsonSerializerSettings CamelCase { get; } = new() { ContractResolver = new CamelCasePropertyNamesContractResolver() };
}
