using System;
using System.Data;
using System.Data.Common;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>A transaction of the caller's, if it is one of the store's database.</summary>
internal static class CallerTransaction
{
    /// <exception cref="ArgumentException">It is over, or of another database; the message names both.</exception>
    public static NpgsqlConnection ConnectionOf(DbTransaction transaction, DatabaseAddress store)
    {
        if (transaction is not NpgsqlTransaction given)
        {
            throw new ArgumentException(
                $"A {transaction.GetType().Name} is no transaction of the store's database, PostgreSQL {store}. Hand over an NpgsqlTransaction of that database, or publish without one.",
                nameof(transaction));
        }

        if (IsOver(given) || given.Connection is not { } connection)
        {
            throw new ArgumentException("The transaction is over: it was committed, rolled back or disposed.", nameof(transaction));
        }

        Refuse(DatabaseAddress.Of(connection), store, nameof(transaction));
        return connection;
    }

    /// <exception cref="ArgumentException">The connection is of another provider or database; the message names both.</exception>
    public static void Check(DbConnection connection, DatabaseAddress store)
    {
        if (connection is not NpgsqlConnection given)
        {
            throw new ArgumentException(
                $"A {connection.GetType().Name} is no connection to the store's database, PostgreSQL {store}. Keep events in the database that they are published from, by the store for it: AddWebhooks().UseSqlite(…), for example.",
                nameof(connection));
        }

        Refuse(given.State == ConnectionState.Open ? DatabaseAddress.Of(given) : DatabaseAddress.Of(given.ConnectionString), store, nameof(connection));
    }

    /// <summary>Whether the transaction was committed, rolled back or disposed. May be asked by any thread.</summary>
    public static bool IsOver(NpgsqlTransaction transaction)
    {
        try
        {
            // Says so only by throwing: its connection stays set.
            _ = transaction.IsolationLevel;
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static void Refuse(DatabaseAddress theirs, DatabaseAddress store, string paramName)
    {
        if (!store.Includes(theirs))
        {
            throw new ArgumentException(
                $"The transaction is of {theirs}, and the store is {store}: a transaction spans one database. Begin it on a connection of the data source that was given to UsePostgreSql(…), or publish without it.",
                paramName);
        }
    }
}
