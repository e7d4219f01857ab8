using System;
using System.Globalization;
using System.Threading.Tasks;
using Webhooks.Sdk.Durability.Tests.Working;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>
/// What the tests run as a process of its own.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        [Worker.Name, string kind, string target, string number, string lease] =>
            Worker.RunAsync(new StoreAddress(kind, target), number, TimeSpan.Parse(lease, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"There is no program '{string.Join(' ', arguments)}'.", nameof(arguments)),
    };
}
