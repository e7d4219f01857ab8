namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// How far events are fanned out. Read and noted in one transaction: an event's own row, which is large, is never written again.
/// </summary>
internal sealed class FanOutProgress
{
    private readonly StoreConnection _connection;
    private long _done;
    private long? _partly;
    private string? _partlyTo;
    private long _lastDelivery;

    private FanOutProgress(StoreConnection connection, Statement read)
    {
        _connection = connection;
        _done = read.Int64(0);
        _partly = read.IsNull(1) ? null : read.Int64(1);
        _partlyTo = read.TextOrNull(2);
        _lastDelivery = read.Int64(3);
    }

    public static FanOutProgress Read(StoreConnection connection)
    {
        using Statement read = connection.Use(Sql.ReadFanOut);
        return read.Step() ? new FanOutProgress(connection, read) : throw new WebhookStoreException("The table webhooks_fan_out has lost its row.", isTransient: false);
    }

    /// <summary>Adds the deliveries of the next event, if that is the one and was fanned out as far as the caller believes.</summary>
    /// <returns>How many were added.</returns>
    public int Add(FanOut fanOut)
    {
        using Statement next = _connection.Use(Sql.ReadNext);

        if (!next.Bind(_done).Step() || next.Guid(1) != fanOut.EventKey)
        {
            return 0;
        }

        long webhookEvent = next.Int64(0);

        if ((_partly == webhookEvent ? _partlyTo : null) != fanOut.After)
        {
            return 0;
        }

        long? notBefore = next.IsNull(2) ? null : next.Int64(2);
        bool countsForHealth = next.Boolean(3);
        int added = 0;

        foreach (string endpointId in fanOut.EndpointIds)
        {
            using Statement insert = _connection.Use(Sql.InsertDelivery);
            insert.Bind(_lastDelivery + 1).Bind(webhookEvent).Bind(notBefore).Bind(countsForHealth).Bind(endpointId);
            int inserted = insert.Run();
            _lastDelivery += inserted;
            added += inserted;
        }

        _partlyTo = fanOut.Until;
        _partly = fanOut.Until is null ? null : webhookEvent;
        _done = fanOut.Until is null ? webhookEvent : _done;
        return added;
    }

    public void Note()
    {
        using Statement note = _connection.Use(Sql.NoteFanOut);
        note.Bind(_done).Bind(_partly).Bind(_partlyTo).Bind(_lastDelivery).Run();
    }
}
