using System;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Notifications between nodes, on the channel that has the schema's name. Lost connections are opened again; nothing is thrown.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="heard">What is called when another node notifies, or may have while nobody listened.</param>
internal sealed class Notifications(Database database, Action heard)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A connection that is silent for so long is asked whether it still is one.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly string _node = Guid.CreateVersion7().ToString("N");

    public async Task NotifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(Sql.Notify, cancellationToken, Parameter.Of(database.Schema.Name), Parameter.Of(_node)).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            // Others find the work when they poll.
        }
    }

    /// <summary>Listens until it is cancelled.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                heard();
            }
        }
    }

    private async Task ListenOnceAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            connection.Notification += (_, notification) =>
            {
                if (notification.Payload != _node)
                {
                    heard();
                }
            };

            await RunAsync(connection, $"LISTEN {database.Schema.Quoted}", cancellationToken).ConfigureAwait(false);

            while (true)
            {
                if (!await connection.WaitAsync(Silence, cancellationToken).ConfigureAwait(false))
                {
                    await RunAsync(connection, "SELECT 1", cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Database.On(connection, sql);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // The application may have disposed of the data source before the host has stopped.
    private static bool IsExpected(Exception exception) =>
        PostgreSqlFault.IsFault(exception) || exception is WebhookStoreException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
