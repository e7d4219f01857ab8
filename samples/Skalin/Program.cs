using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk;
using Webhooks.Sdk.Skalin;

const string Help = """
    Tells Skalin that a customer used a feature, and how well that speaks of them.

    Usage: Skalin CUSTOMER FEATURE SCORE [EVENT-ID] [--dry-run]

      CUSTOMER    the customer's id in Skalin (refId), or their domain name
      FEATURE     what was used, for example ActivationService
      SCORE       from 1 (very bad) to 5 (very good)
      EVENT-ID    16 characters; left out, fresh ones. Skalin keeps the last event of an id
      --dry-run   show the request with the account's ids masked, and send nothing

    The account comes from the environment, where other users do not see its secrets:

      SKALIN_WEBHOOK_ID   the webhook's key
      SKALIN_CLIENT_ID    the client id, in Skalin under Paramétrage > Général
      SKALIN_BASE_URL     instead of https://connector.skalin.io

    Exit code: 0 delivered or shown, 1 not delivered, 2 wrong usage or settings.
    """;

bool isDryRun = args.Contains("--dry-run");

if (args.Contains("--help"))
{
    Console.WriteLine(Help);
    return 0;
}

if (args.Where(argument => argument != "--dry-run").ToArray() is not [var customer, var feature, var scoreText, .. { Length: <= 1 } eventId]
    || !int.TryParse(scoreText, NumberStyles.None, CultureInfo.InvariantCulture, out int score))
{
    Console.Error.WriteLine(Help);
    return 2;
}

try
{
    string webhookId = Environment.GetEnvironmentVariable("SKALIN_WEBHOOK_ID") ?? "";
    string clientId = Environment.GetEnvironmentVariable("SKALIN_CLIENT_ID") ?? "";
    string baseUrl = Environment.GetEnvironmentVariable("SKALIN_BASE_URL") ?? "https://connector.skalin.io";

    IServiceCollection services = new ServiceCollection();
    services.AddWebhooks().AddSkalin(account => (account.WebhookId, account.ClientId, account.BaseUrl) = (webhookId, clientId, new Uri(baseUrl)));
    await using ServiceProvider provider = services.BuildServiceProvider();
    ISkalinClient skalin = provider.GetRequiredService<ISkalinClient>();

    SkalinEventBuilder builder = SkalinEvent.For(customer).WithFeature(feature, score);
    SkalinEvent used = (eventId is [var id] ? builder.WithId(id) : builder).Build();

    if (isDryRun)
    {
        WebhookRequest request = skalin.Compose(used);
        string url = request.Url.AbsoluteUri;
        Console.WriteLine($"{request.Method} {url[..(url.LastIndexOf('/') + 1)]}{Mask(webhookId)}?client_id={Mask(clientId)}");
        Console.WriteLine(string.Concat(request.Headers.Select(header => $"{header.Key}: {header.Value}\n")) + $"Content-Type: {request.MediaType}\n");
        Console.WriteLine(Encoding.UTF8.GetString(request.Body.Span));
        return 0;
    }

    WebhookResult result = await skalin.SendAsync(used);
    Console.WriteLine($"{used.Id} {result}");
    return result.Succeeded ? 0 : 1;
}
catch (Exception wrong) when (wrong is ArgumentException or UriFormatException or OptionsValidationException)
{
    Console.Error.WriteLine($"{wrong.Message}\nSee --help.");
    return 2;
}

static string Mask(string secret) => secret.Length < 16 ? "***" : $"***{secret[^4..]}";
