namespace Webhooks.Sdk.Skalin;

/// <summary>
/// The endpoint of an account at Skalin.
/// </summary>
internal static class SkalinAccount
{
    /// <param name="options">Options that are valid.</param>
    /// <param name="registration">By what name the account is known.</param>
    public static WebhookEndpoint CreateEndpoint(SkalinOptions options, NamedEndpoint registration) =>
        new(WebhookUrl.For(options.BaseUrl).Path("webhook").Code(options.WebhookId).Query("client_id", options.ClientId).Build())
        {
            Registration = registration,
            Trusted = true,
            Rule = SkalinResponseRule.Instance,
        };
}
