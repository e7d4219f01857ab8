using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>Processes as the kernel tells of them: those that ended and were not buried are no longer running.</summary>
internal static class ServerProcess
{
    public static bool IsRunning(int pid) => Read(pid) is { State: not 'Z' and not 'X' };

    public static IEnumerable<int> ChildrenOf(int pid) =>
        Directory.GetDirectories("/proc")
            .Select(static path => int.TryParse(Path.GetFileName(path), out int id) ? id : 0)
            .Where(id => id > 0 && Read(id) is { Parent: var parent } && parent == pid);

    private static (char State, int Parent)? Read(int pid)
    {
        try
        {
            // The second field is the name in parentheses, which may hold anything.
            string stat = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
