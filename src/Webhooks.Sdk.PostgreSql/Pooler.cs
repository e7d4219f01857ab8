using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>A pooler between Npgsql and the server, which gives each transaction another of its connections.</summary>
internal static class Pooler
{
    /// <summary>
    /// Refuses a pooler to which Npgsql sends <c>DISCARD ALL</c> before the first statement of each use of a connection, without waiting for the answer:
    /// PgBouncer in transaction mode takes the connection away at that answer, and when the statement has only arrived in part, half of it is left on a
    /// connection that nobody ends (npgsql#2221). Its locks would stay.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    public static async Task RefuseResetsAsync(Database database, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.DataSource.ConnectionString);

        if (settings.Pooling && !settings.NoResetOnClose && await IsBetweenAsync(database, cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException(
                $"{database.Address} is reached through a pooler, and Npgsql resets connections, which can hang there. Add \"No Reset On Close=true\" to the connection string.");
        }
    }

    /// <summary>Asks the server which process answers: whoever is connected to it directly has been told the same.</summary>
    private static Task<bool> IsBetweenAsync(Database database, CancellationToken cancellationToken) => database.InTransactionAsync(
        async connection =>
        {
            NpgsqlCommand command = Database.On(connection, Sql.ReadProcess);
            List<int> process = await database.ReadAsync(command, static row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);
            return process[0] != connection.ProcessID;
        },
        cancellationToken);
}
