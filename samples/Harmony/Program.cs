// Calls a webhook of Divalto Harmony and exits with 0 when it was accepted, 1 when not, 2 when called wrongly.
using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk;
using Webhooks.Sdk.Harmony;

const string Usage = """
    Usage: Harmony [--post] [--dry-run] [name=value ...]

      name=value   a parameter of the webhook; sent in this order
      --post       call by POST instead of GET
      --dry-run    show what would be called, and call nothing

    Environment:
      HARMONY_BASE_URL   for example http://localhost:8080/DhsDivaltoServiceDivaApiRest
      HARMONY_CODE       the webhook's code, a secret
    """;

string[] flags = [.. args.Where(argument => argument.StartsWith('-'))];
string[] parameters = [.. args.Where(argument => !argument.StartsWith('-'))];
string? baseUrl = Environment.GetEnvironmentVariable("HARMONY_BASE_URL");
string? code = Environment.GetEnvironmentVariable("HARMONY_CODE");

if (string.IsNullOrEmpty(baseUrl) || string.IsNullOrEmpty(code)
    || flags.Except(["--post", "--dry-run"]).Any() || !parameters.All(parameter => parameter.IndexOf('=', StringComparison.Ordinal) > 0))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var services = new ServiceCollection();
services.AddWebhooks().AddHarmony(options => options.BaseUrl = new Uri(baseUrl, UriKind.RelativeOrAbsolute));
await using ServiceProvider provider = services.BuildServiceProvider();
IHarmonyClient harmony = provider.GetRequiredService<IHarmonyClient>();

using var cancelled = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    cancelled.Cancel();
};

try
{
    HarmonyCall call = HarmonyCall.To(code).WithMethod(flags.Contains("--post") ? HttpMethod.Post : HttpMethod.Get);
    call = parameters.Select(parameter => parameter.Split('=', 2)).Aggregate(call, (sum, pair) => sum.With(pair[0], pair[1]));

    if (flags.Contains("--dry-run"))
    {
        Console.WriteLine($"{call} at {harmony.Compose(call).Url.GetLeftPart(UriPartial.Authority)}");
        return 0;
    }

    HarmonyAnswer answer = await harmony.CallAsync(call, cancelled.Token);
    Console.WriteLine(answer);
    Console.WriteLine(answer.Message);
    return answer.Succeeded ? 0 : 1;
}
catch (Exception exception) when (exception is ArgumentException or OptionsValidationException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled: whether the webhook was called is unknown.");
    return 1;
}
