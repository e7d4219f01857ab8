using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

/// <summary>Stands in for Skalin, Harmony and everybody else: notes each request as it came, and answers.</summary>
internal sealed class Receiver(WebApplication app, ConcurrentQueue<string> received) : IAsyncDisposable
{
    public Uri Url => new(app.Urls.Single());

    public static async Task<Receiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var received = new ConcurrentQueue<string>();

        app.Run(async http =>
        {
            string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            string body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            received.Enqueue($"{http.Request.Method} {target} {http.Request.ContentType} {body}".TrimEnd());

            if (target.Contains("/api/v1/WebHook/", StringComparison.OrdinalIgnoreCase))
            {
                await http.Response.WriteAsync("200 - le message est bien parvenu");
            }
        });

        await app.StartAsync();
        return new Receiver(app, received);
    }

    /// <summary>The request that came since the last call, as it was on the wire.</summary>
    public string Next() => received.TryDequeue(out string? request) ? request : "nothing";

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
