using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>The programs of an installed PostgreSQL.</summary>
public sealed record PostgreSqlBinaries(string Directory)
{
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>Finds the newest that is installed: in PATH, or where Debian puts it.</summary>
    public static PostgreSqlBinaries? Find()
    {
        IEnumerable<string> debian = System.IO.Directory.Exists(DebianRoot)
            ? System.IO.Directory.GetDirectories(DebianRoot).OrderByDescending(static path => double.TryParse(Path.GetFileName(path), out double version) ? version : 0)
                .Select(static path => Path.Combine(path, "bin"))
            : [];

        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(debian)
            .FirstOrDefault(static path => path.Length > 0 && File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "pg_ctl")));
        return found is null ? null : new PostgreSqlBinaries(found);
    }

    public string PathOf(string program) => Path.Combine(Directory, program);
}
