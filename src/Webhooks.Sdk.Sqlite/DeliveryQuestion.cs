using System.Text;

namespace Webhooks.Sdk.Sqlite;

/// <summary>A statement that what is asked is added to.</summary>
/// <param name="Select">The statement, with aliases d, e and p, and its first parameter for what comes after.</param>
/// <param name="Id">The column that rows are ordered by.</param>
/// <param name="Time">The column that is compared with a time.</param>
/// <param name="Delivery">The column of the delivery, when it is another than <paramref name="Id"/>.</param>
internal sealed record DeliveryQuestion(string Select, string Id, string Time, string? Delivery = null)
{
    /// <summary>Prepares and binds the statement; only constants are put together.</summary>
    public Statement Ask(StoreConnection connection, DeliveryQuery query)
    {
        var sql = new StringBuilder(Select);
        Add(sql, query.Owner is not null, "e.owner");
        Add(sql, query.EndpointId is not null, "p.id");
        Add(sql, query.EventId is not null, "e.id");
        Add(sql, query.DeliveryId is not null, Delivery ?? Id);
        Add(sql, query.Since is not null, Time, ">=");
        sql.Append(" ORDER BY ").Append(Id).Append(" LIMIT ?");

        Statement statement = connection.Prepare(sql.ToString()).Bind(query.After);
        _ = query.Owner is null ? statement : statement.Bind(query.Owner);
        _ = query.EndpointId is null ? statement : statement.Bind(query.EndpointId);
        _ = query.EventId is null ? statement : statement.Bind(query.EventId);
        _ = query.DeliveryId is null ? statement : statement.Bind(query.DeliveryId);
        _ = query.Since is null ? statement : statement.Bind(UnixTicks.From(query.Since));
        return statement.Bind(query.Limit);
    }

    private static void Add(StringBuilder sql, bool isAsked, string column, string comparison = "=")
    {
        if (isAsked)
        {
            sql.Append(" AND ").Append(column).Append(' ').Append(comparison).Append(" ?");
        }
    }
}
