using System.Collections.Generic;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading;
using Webhooks.Sdk;

/// <summary>Loads opportunities from the application's table: in its transaction, so that it sees what is not committed yet.</summary>
internal sealed class OpportunitySource : IWebhookEventSource<Opportunity>
{
    public async IAsyncEnumerable<Opportunity> ReadAsync(WebhookEventContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (context.Transaction is not { Connection: { } connection } transaction)
        {
            // A sample, for a subscriber who wants to see what deliveries will look like.
            yield return new Opportunity(1, "Bridge over the Vilaine", IsProject: true);
            yield break;
        }

        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT id, name, is_project FROM opportunity WHERE id = $id";
        DbParameter id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("$id", context.RecordId);
        command.Parameters.Add(id);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);

        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new Opportunity(reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2));
        }
    }
}
