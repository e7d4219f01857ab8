using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Durability.Tests.Working;

/// <summary>
/// Publishes numbered events, one after the other: most by themselves, some in a transaction with a row of the application's, some in one that is rolled back.
/// </summary>
internal sealed class Publishing(IWebhookPublisher publisher, StoreAddress store, string worker)
{
    public const string Acknowledged = "ack";
    public const string Never = "never";
    public const string Type = "thing.happened";

    private Task _last = Task.CompletedTask;

    public void Start(int first, int count) => _ = (_last = PublishAsync(_last, first, count)).ContinueWith(
        static task => Environment.FailFast(task.Exception!.ToString()), default, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private async Task PublishAsync(Task before, int first, int count)
    {
        await before;
        await using DbConnection connection = store.Connect();
        await connection.OpenAsync();

        foreach (int number in Enumerable.Range(first, count))
        {
            // Each publisher's numbers rise, so the id shows the order.
            string id = $"w{worker}-{number}";
            WebhookEvent webhookEvent = WebhookEvent.For(Type).WithId(id).WithData(new Dictionary<string, int> { ["number"] = number }).Build();

            if (number % 4 == 0)
            {
                await PublishInTransactionAsync(connection, webhookEvent, commit: number % 8 == 0);
            }
            else
            {
                await publisher.PublishAsync(webhookEvent);
                Say(Acknowledged, id);
            }
        }
    }

    private async Task PublishInTransactionAsync(DbConnection connection, WebhookEvent webhookEvent, bool commit)
    {
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await using DbCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO application(id) VALUES(@id)";
        DbParameter parameter = insert.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("id", webhookEvent.Id);
        insert.Parameters.Add(parameter);
        await insert.ExecuteNonQueryAsync();
        await publisher.PublishAsync(webhookEvent, transaction);

        if (commit)
        {
            await transaction.CommitAsync();
            Say(Acknowledged, webhookEvent.Id);
        }
        else
        {
            Say(Never, webhookEvent.Id);
            await transaction.RollbackAsync();
        }
    }

    private static void Say(string what, string id) => Console.WriteLine($"{what} {id}");
}
