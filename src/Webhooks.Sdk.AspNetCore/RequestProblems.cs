using System.Globalization;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>
/// Answers requests that cannot be served by a problem (RFC 9457): the application's own way where it has one, and otherwise by hand.
/// </summary>
internal static class RequestProblems
{
    private const int RetryAfterSeconds = 5;

    public static RequestDelegate Answered(RequestDelegate handler) => async http =>
    {
        http.Response.Headers.CacheControl = "no-store";

        try
        {
            await handler(http).ConfigureAwait(false);
        }
        catch (RequestProblemException problem) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, problem.Status, problem.Message).ConfigureAwait(false);
        }
        catch (WebhookStoreException exception) when (exception.IsTransient && !http.Response.HasStarted)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "Subscriptions cannot be reached for now; try again.").ConfigureAwait(false);
        }
    };

    private static async Task AnswerAsync(HttpContext http, int status, string detail)
    {
        http.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Detail = detail };

        if (http.RequestServices.GetService<IProblemDetailsService>() is { } service
            && await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem }).ConfigureAwait(false))
        {
            return;
        }

        await JsonAnswer.WriteAsync(http, "application/problem+json", writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", problem.Title);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }
}
