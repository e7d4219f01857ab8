using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>The four commands that README.md shows, typed as they stand there.</summary>
public sealed class AspNetHostSampleTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-aspnet-");
    private readonly List<Process> _hosts = [];

    [Fact]
    public async Task ReadMe_FourCommandsAndAKill_LoseNothing()
    {
        string[] commands = ReadCommands();
        Assert.Equal(4, commands.Length);
        Process first = await StartAsync();

        JsonElement subscribed = JsonDocument.Parse(await RunAsync(commands[0])).RootElement;
        JsonElement bridge = JsonDocument.Parse(await RunAsync(commands[1])).RootElement;
        string[] seen = await ReceivedAsync(commands[2], count: 1);
        JsonElement tunnel = JsonDocument.Parse(await RunAsync(commands[3])).RootElement;
        first.Kill(); // SIGKILL
        await first.WaitForExitAsync();
        await StartAsync();
        string[] afterwards = await ReceivedAsync(commands[2], count: 2);

        Assert.Equal(("Bridge over the Vilaine", "Tunnel under the Rance"), (bridge.GetProperty("name").GetString(), tunnel.GetProperty("name").GetString()));
        AssertSigned(seen[0], subscribed.GetProperty("secret").GetString()!, bridge.GetProperty("id").GetInt64());
        Assert.Equal(seen[0], afterwards[0]);
        AssertSigned(afterwards[1], subscribed.GetProperty("secret").GetString()!, tunnel.GetProperty("id").GetInt64());
    }

    public void Dispose()
    {
        foreach (Process host in _hosts)
        {
            host.Kill();
            host.WaitForExit();
            host.Dispose();
        }

        _directory.Delete(recursive: true);
    }

    private static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);

        while (!File.Exists(Path.Combine(directory!.FullName, "Webhooks.Sdk.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }

    private static string[] ReadCommands() =>
        [.. File.ReadAllLines(Path.Combine(Root(), "README.md")).Where(line => line.StartsWith("curl ", StringComparison.Ordinal))];

    private static async Task<string> RunAsync(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = shell.StandardError.ReadToEndAsync();
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(shell.ExitCode == 0, $"{command}: {await error}");
        return output;
    }

    // A person would look again until it is there.
    private static async Task<string[]> ReceivedAsync(string command, int count)
    {
        var patience = Stopwatch.StartNew();

        while (true)
        {
            string[] received = JsonSerializer.Deserialize<string[]>(await RunAsync(command))!;

            if (received.Length >= count || patience.Elapsed > Patience)
            {
                Assert.Equal(count, received.Length);
                return received;
            }
        }
    }

    private static void AssertSigned(string received, string secret, long opportunity)
    {
        // What the receiver writes down: the id, the time, the signature, the body.
        string[] parts = received.Split(' ', 4);
        var verifier = new WebhookVerifier(WebhookSecret.Parse(secret));
        Assert.Equal(WebhookVerification.Valid, verifier.Verify(parts[0], parts[1], parts[2], Encoding.UTF8.GetBytes(parts[3])));
        Assert.Equal(opportunity, JsonDocument.Parse(parts[3]).RootElement.GetProperty("id").GetInt64());
    }

    private async Task<Process> StartAsync()
    {
        var tests = new DirectoryInfo(AppContext.BaseDirectory);
        string sample = Path.Combine(tests.Parent!.Parent!.FullName, "AspNetHost", tests.Name, "AspNetHost.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [sample])
        {
            WorkingDirectory = Path.GetDirectoryName(sample)!,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://localhost:5210";
        start.Environment["ConnectionStrings__Opportunities"] = $"Data Source={Path.Combine(_directory.FullName, "opportunities.db")}";
        Process host = Process.Start(start)!;
        _hosts.Add(host);
        var output = new List<string>();

        while (await host.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            output.Add(line);

            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                _ = host.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return host;
            }
        }

        throw new InvalidOperationException($"The sample ended by itself: {string.Join('\n', output)}");
    }
}
