namespace Webhooks.Sdk;

/// <summary>
/// Describes a credential in plain texts, for configuration. At most one kind is set.
/// </summary>
public sealed class WebhookCredentialOptions
{
    /// <summary>Gets or sets a bearer token, without <c>Bearer</c>. It is a secret.</summary>
    /// <value>Null by default.</value>
    public string? BearerToken { get; set; }

    /// <summary>Gets or sets the user name of basic authentication.</summary>
    /// <value>Null by default. Without a colon.</value>
    public string? UserName { get; set; }

    /// <summary>Gets or sets the password of basic authentication. It is a secret.</summary>
    /// <value>Null by default, which is the empty password when <see cref="UserName"/> is set.</value>
    public string? Password { get; set; }

    /// <summary>Gets or sets the name of a header that is the credential, for example <c>X-Api-Key</c>.</summary>
    /// <value>Null by default. Set together with <see cref="HeaderValue"/>.</value>
    public string? HeaderName { get; set; }

    /// <summary>Gets or sets the value of the header <see cref="HeaderName"/>. It is a secret.</summary>
    /// <value>Null by default.</value>
    public string? HeaderValue { get; set; }

    /// <summary>Gets or sets the name of a query parameter that is the credential, for example <c>access_token</c>.</summary>
    /// <value>Null by default. Set together with <see cref="QueryValue"/>.</value>
    public string? QueryName { get; set; }

    /// <summary>Gets or sets the value of the query parameter <see cref="QueryName"/>. It is a secret.</summary>
    /// <value>Null by default.</value>
    public string? QueryValue { get; set; }
}
