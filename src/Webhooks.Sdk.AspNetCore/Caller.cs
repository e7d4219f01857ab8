using System;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Finds out who calls.</summary>
internal static class Caller
{
    /// <exception cref="RequestProblemException">The application knows no owner for the request.</exception>
    public static string OwnerOf(HttpContext http, Func<HttpContext, string?> owner) =>
        owner(http) is { Length: > 0 } found
            ? found
            : throw new RequestProblemException(StatusCodes.Status403Forbidden, "You may not subscribe: nobody's subscriptions are yours.");
}
