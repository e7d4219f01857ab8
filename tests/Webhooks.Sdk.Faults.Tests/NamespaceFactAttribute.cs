using System;
using System.Diagnostics;
using System.Linq;
using Xunit;

namespace Webhooks.Sdk.Faults.Tests;

/// <summary>
/// A test that needs a network of its own: Linux, the commands <c>unshare</c> and <c>ip</c>, and the permission to use them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespaceFactAttribute : FactAttribute
{
    private static readonly string? Obstacle = FindObstacle();

    public NamespaceFactAttribute()
    {
        Skip = Obstacle;
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Network namespaces are Linux's.";
        }

        string[] command = ["--map-root-user", "--net", "ip", "link", "set", "lo", "up"];

        try
        {
            using Process process = Process.Start(new ProcessStartInfo("unshare", command) { RedirectStandardError = true })!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"This machine gives no network namespace: {error.Split('\n').First()}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"The command unshare is missing: {exception.Message}";
        }
    }
}
