using System;
using System.IO;
using System.Net.Sockets;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>Says what PostgreSQL's failures mean for a store, and what mends them.</summary>
internal static class PostgreSqlFault
{
    /// <summary>Whether it is a failure of the database or of the way there, and none of the caller's.</summary>
    public static bool IsFault(Exception exception) => exception is NpgsqlException or SocketException or IOException or TimeoutException;

    public static WebhookStoreException Of(string database, Exception exception)
    {
        if (exception is not PostgresException refused)
        {
            return new WebhookStoreException(
                $"The PostgreSQL database {database} cannot be reached, or the connection was lost. ({exception.GetType().Name}: {exception.Message})",
                isTransient: true,
                exception);
        }

        (string what, bool isTransient) = refused.SqlState switch
        {
            "53100" => ("is full: there is no space on its disk. Nothing was stored; it goes on by itself when there is space", true),
            "53300" => ("has no connection left: raise max_connections, or use fewer", true),
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => ("is being stopped or started", true),
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => ("had another transaction in the way", true),
            PostgresErrorCodes.ReadOnlySqlTransaction => ("is read-only: it is a replica, or was made one. Connect to the primary", true),
            PostgresErrorCodes.InsufficientPrivilege =>
                ("does not allow it: grant the user its schema, or CREATE on the database so that it can make one", false),
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => ("does not let the user in", false),
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn =>
                ("has not the tables it had: was the schema dropped, or changed by hand?", false),
            _ => ("refused a statement", refused.IsTransient),
        };

        return new WebhookStoreException($"The PostgreSQL database {database} {what}. ({refused.SqlState}: {refused.MessageText})", isTransient, exception);
    }
}
