using System.Collections.Generic;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>
/// The rooms of Webhooks.Sdk and who may know whom. The one place to change when a room is added.
/// </summary>
internal static class WhoMayKnowWhom
{
    /// <summary>
    /// The project's own folder: the words that a user types first.
    /// </summary>
    public const string Root = "";

    /// <summary>
    /// The only user of <c>Microsoft.Extensions.DependencyInjection</c>, and the only room that knows all others.
    /// </summary>
    public const string Registration = "Registration";

    /// <summary>
    /// The rooms that each room may know besides itself.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> Rooms { get; } = new Dictionary<string, string[]>
    {
        ["Json"] = [],
        ["Urls"] = [],
        ["Signing"] = [],
        ["Retry"] = [],
        [Root] = ["Json", "Urls", "Signing", "Retry", "Formats"],
        ["Formats"] = [Root, "Json"],
        ["Telemetry"] = [Root],
        ["Http"] = [Root, "Urls", "Signing", "Retry", "Telemetry"],
        ["Skalin"] = [Root, "Json", "Urls", "Retry"],
        ["Harmony"] = [Root, "Json", "Urls", "Retry"],
        ["Subscriptions"] = [Root],
        ["Outbox"] = [Root, "Json", "Signing", "Formats", "Http", "Retry", "Subscriptions", "Telemetry"],
        [Registration] =
        [
            Root, "Json", "Urls", "Signing", "Retry", "Formats", "Telemetry", "Http", "Skalin", "Harmony", "Subscriptions", "Outbox",
        ],
    };

    /// <summary>
    /// The rooms that need nothing but the platform, so that they can be read, tested and measured by themselves.
    /// </summary>
    public static IReadOnlySet<string> PlatformOnly { get; } = new HashSet<string> { "Json", "Urls", "Signing", "Retry" };
}
