using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Tells OpenAPI generators what an endpoint takes and answers.</summary>
internal static class EndpointDescriptions
{
    private const string Tag = "Webhooks";
    private const string ProblemMediaType = "application/problem+json";

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="handler">Its handler: generators list only endpoints that name their method.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="body">The type of the request's body, or null.</param>
    /// <param name="answers">Types of answers by status.</param>
    /// <param name="problems">Statuses that are answered by a problem.</param>
    public static void Describe(
        this IEndpointConventionBuilder endpoint, RequestDelegate handler, string summary, Type? body, (int Status, Type? Type)[] answers, params int[] problems)
    {
        endpoint.WithTags(Tag).WithSummary(summary).WithMetadata(handler.Method);

        if (body is not null)
        {
            // Where only JSON were named, routing would answer whatever else comes, and without a problem.
            endpoint.WithMetadata(new AcceptsMetadata([JsonAnswer.MediaType, "*/*"], body));
        }

        IEnumerable<ProducesResponseTypeMetadata> produced =
        [
            .. answers.Select(static answer => answer.Type is null
                ? new ProducesResponseTypeMetadata(answer.Status)
                : new ProducesResponseTypeMetadata(answer.Status, answer.Type, [JsonAnswer.MediaType])),
            .. problems.Select(static status => new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [ProblemMediaType])),
        ];

        endpoint.WithMetadata([.. produced]);
    }

    /// <summary>Lets generators of a trimmed application describe our types, which its own serializer context cannot name.</summary>
    public static void AddTypes(IServiceProvider services)
    {
        if (services.GetService<IOptions<JsonOptions>>() is { Value.SerializerOptions: { IsReadOnly: false } options }
            && !options.TypeInfoResolverChain.Contains(AnswerJson.Default))
        {
            options.TypeInfoResolverChain.Add(AnswerJson.Default);
        }
    }
}
