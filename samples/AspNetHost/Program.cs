using System;
using System.Data.Common;
using System.IO;
using System.Threading;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk;

// An application whose customers subscribe, and in Development a receiver in the same process, to see deliveries arrive.
var newOpportunity = new WebhookEventType<Opportunity>("NewOpportunity", HostJson.Default.Opportunity, "A project was opened.");
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string connectionString = builder.Configuration.GetConnectionString("Opportunities") ?? $"Data Source={AppContext.BaseDirectory}opportunities.db";

builder.Services.AddSingleton(new Database(connectionString));
builder.Services.AddAuthentication(ApiKeyHandler.Name).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null);
builder.Services.AddAuthorization();

// <services>
builder.Services.AddWebhooks(options => options.AllowLoopback = options.AllowHttpSubscriptions = builder.Environment.IsDevelopment())
    .AddEventType(newOpportunity, type => type.WithSource<OpportunitySource>().When(opportunity => opportunity.IsProject))
    .UseSqlite(connectionString) // the application's own database, so that events commit with its data
    .ConfigureOutbox(options => options.LeaseDuration = TimeSpan.FromSeconds(2)); // how long a killed process keeps the next one waiting
builder.Services.AddHealthChecks().AddWebhooks();
// </services>

WebApplication app = builder.Build();
var database = app.Services.GetRequiredService<Database>();
await database.CreateTablesAsync();

// <map>
app.MapWebhookSubscriptions("/webhooks", options => options.Owner = http => http.User.Identity!.Name);
app.MapWeavyWebhooks("/v1/EntryPoints/{projectCode}", options => options.Owner = http => http.User.Identity!.Name);
app.MapHealthChecks("/health");
// </map>

app.MapPost("/opportunities", async (OpportunityDraft draft, IWebhookPublisher publisher, CancellationToken cancellationToken) =>
{
    await using SqliteConnection connection = await database.OpenAsync();
    await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
    Opportunity opportunity = await Database.AddAsync(transaction, draft);
    await publisher.PublishRecordAsync(newOpportunity, $"{opportunity.Id}", transaction, cancellationToken);
    await transaction.CommitAsync(cancellationToken); // the row and its event, or neither
    return opportunity;
}).RequireAuthorization();

if (app.Environment.IsDevelopment())
{
    app.MapPost("/receiver", async (HttpRequest request) =>
    {
        using var reader = new StreamReader(request.Body);
        string id = request.Headers["webhook-id"].ToString();
        string signed = $"{id} {request.Headers["webhook-timestamp"]} {request.Headers["webhook-signature"]}";
        await database.KeepAsync(id, $"{signed} {await reader.ReadToEndAsync()}");
    });
    app.MapGet("/receiver", () => database.ReadReceivedAsync());
}

await app.RunAsync();
