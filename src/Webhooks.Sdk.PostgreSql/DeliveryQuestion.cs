using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>A statement that what is asked is added to.</summary>
/// <param name="Select">The statement, with aliases d, e and p, and its first parameter for what comes after.</param>
/// <param name="Id">The column that rows are ordered by.</param>
/// <param name="Time">The column that is compared with a time.</param>
/// <param name="Delivery">The column of the delivery, when it is another than <paramref name="Id"/>.</param>
internal sealed record DeliveryQuestion(string Select, string Id, string Time, string? Delivery = null)
{
    /// <summary>Makes the command; only constants are put together.</summary>
    public NpgsqlCommand Ask(Database database, DeliveryQuery query)
    {
        var sql = new StringBuilder(database.Schema.In(Select));
        List<NpgsqlParameter> parameters = [Parameter.Of(query.After)];

        void Add(string condition, NpgsqlParameter parameter)
        {
            parameters.Add(parameter);
            sql.Append(CultureInfo.InvariantCulture, $" AND {condition} ${parameters.Count}");
        }

        if (query.Owner is { } owner)
        {
            Add("e.owner =", Parameter.Of(owner));
        }

        if (query.EndpointId is { } endpointId)
        {
            Add("p.id =", Parameter.Of(endpointId));
        }

        if (query.EventId is { } eventId)
        {
            Add("e.id =", Parameter.Of(eventId));
        }

        if (query.DeliveryId is { } deliveryId)
        {
            Add($"{Delivery ?? Id} =", Parameter.Of(deliveryId));
        }

        if (query.Since is { } since)
        {
            Add($"{Time} >=", Parameter.Of(since));
        }

        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {Id} LIMIT {query.Limit}");
        return database.Command(sql.ToString(), [.. parameters]);
    }
}
