using System.Collections.Generic;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>The steps to the schema of this version, in their order. A step that was released is never changed.</summary>
internal static class Migrations
{
    public static IReadOnlyList<Migration> All { get; } = [new(1, 0, Sql.CreateSchema)];
}
