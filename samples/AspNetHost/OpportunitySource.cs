using System.Collections.Generic;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.Data.Sqlite;
using Webhooks.Sdk;

/// <summary>Loads opportunities: the one of the record, in the transaction that has just added it, or a few recent ones as samples.</summary>
internal sealed class OpportunitySource(Database database) : IWebhookEventSource<Opportunity>
{
    public async IAsyncEnumerable<Opportunity> ReadAsync(WebhookEventContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using SqliteConnection connection = await database.OpenAsync();
        await using DbCommand command = context.Transaction is { } transaction
            ? Database.Command(transaction, $"SELECT id, name, is_project FROM opportunity WHERE id = {context.RecordId}")
            : new SqliteCommand("SELECT id, name, is_project FROM opportunity ORDER BY id DESC LIMIT 10", connection);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);

        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new Opportunity(reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2));
        }
    }
}
