using System;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Skalin;

namespace Webhooks.Sdk.Tests.Skalin;

/// <summary>The account of the document's samples.</summary>
internal static class SkalinTestAccount
{
    public static void Set(this SkalinOptions account, string baseUrl)
    {
        account.WebhookId = "05cb3204b49ff92d";
        account.ClientId = "2bb91c92dr779103";
        account.BaseUrl = new Uri(baseUrl);
    }

    public static ISkalinClient Skalin(this IServiceProvider provider) => provider.GetRequiredService<ISkalinClient>();

    public static ISkalinClient Skalin(this IServiceProvider provider, string name) => provider.GetRequiredKeyedService<ISkalinClient>(name);
}
