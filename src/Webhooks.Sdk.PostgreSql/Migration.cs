namespace Webhooks.Sdk.PostgreSql;

/// <summary>A step from one version of the schema to the next.</summary>
/// <param name="Major">Another one than before: nodes of older versions cannot go on.</param>
/// <param name="Minor">Rises with what is only added, so that nodes of older versions go on beside newer ones.</param>
/// <param name="Script">The statements, written for the schema <c>webhooks</c>.</param>
internal sealed record Migration(int Major, int Minor, string Script);
