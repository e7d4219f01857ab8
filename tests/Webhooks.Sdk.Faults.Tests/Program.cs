using System;
using System.Threading.Tasks;
using Webhooks.Sdk.Faults.Tests.Isolated;

namespace Webhooks.Sdk.Faults.Tests;

/// <summary>
/// What the tests run as a process of its own: the first argument says which.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        [BombedSender.Name, string url] => BombedSender.RunAsync(new Uri(url)),
        [GuardedSender.Name] => GuardedSender.RunAsync(),
        _ => throw new ArgumentException($"There is no program '{string.Join(' ', arguments)}'.", nameof(arguments)),
    };
}
