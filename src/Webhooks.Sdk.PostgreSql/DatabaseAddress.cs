using System;
using System.Globalization;
using System.Linq;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>Where a database is: its name, and the hosts that it may be on.</summary>
internal sealed record DatabaseAddress(string[] Hosts, string Database)
{
    private const int DefaultPort = 5432;

    public static DatabaseAddress Of(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        int port = connection.Port == 0 ? DefaultPort : connection.Port;
        string[] hosts = (connection.Host ?? "localhost").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new DatabaseAddress(
            [.. hosts.Select(host => HasPort(host) ? host : Join(host, port))], connection.Database ?? connection.Username ?? "");
    }

    /// <summary>Gives where an open connection leads.</summary>
    public static DatabaseAddress Of(NpgsqlConnection connection) => new([Join(connection.Host ?? "", connection.Port)], connection.Database);

    public bool Includes(DatabaseAddress other) => Database == other.Database && Hosts.Intersect(other.Hosts, StringComparer.OrdinalIgnoreCase).Any();

    public override string ToString() => $"'{Database}' on {string.Join(',', Hosts)}";

    // A path of a socket has slashes, an IPv6 address more than one colon.
    private static bool HasPort(string host) => !host.StartsWith('/') && host.LastIndexOf(':') is > 0 and var colon && (host.IndexOf(':') == colon || host[colon - 1] == ']');

    private static string Join(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
}
