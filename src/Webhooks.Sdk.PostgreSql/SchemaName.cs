using System;
using System.Linq;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// The schema that the store's tables are in.
/// </summary>
internal sealed class SchemaName
{
    private const int MaxLength = 63;
    private const string Placeholder = "webhooks.";

    private readonly string _prefix;

    /// <exception cref="ArgumentException">It is no name that PostgreSQL keeps whole and that can stand in every statement.</exception>
    public SchemaName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        if (name.Length is 0 or > MaxLength || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$'))
        {
            throw new ArgumentException(
                $"The schema '{name}' is no name for the store's tables. Use 1 to {MaxLength} of the letters A to Z, digits, '_', '-' and '$'.", nameof(name));
        }

        Name = name;
        Quoted = $"\"{name}\"";
        _prefix = $"{Quoted}.";
    }

    public string Name { get; }

    public string Quoted { get; }

    /// <summary>Puts the schema into a statement of <see cref="Sql"/>, which are written for the schema <c>webhooks</c>.</summary>
    public string In(string sql) => sql.Replace(Placeholder, _prefix, StringComparison.Ordinal);
}
