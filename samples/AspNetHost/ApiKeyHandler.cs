using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

/// <summary>Knows customers by their keys, from the configuration: <c>Authorization: Bearer acme-key</c>.</summary>
internal sealed class ApiKeyHandler(
    IConfiguration configuration, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString() is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var key])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        foreach (IConfigurationSection customer in configuration.GetSection("ApiKeys").GetChildren())
        {
            if (customer.Key == key && customer.Value is { } name)
            {
                var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Name);
                return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
            }
        }

        return Task.FromResult(AuthenticateResult.Fail("The key is not known."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        (Response.StatusCode, Response.Headers.WWWAuthenticate) = (StatusCodes.Status401Unauthorized, Name);
        return Task.CompletedTask;
    }
}
