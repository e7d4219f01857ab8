using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Webhooks.Sdk.AspNetCore;

namespace Webhooks.Sdk;

/// <summary>
/// Joins webhooks and what ASP.NET Core brings.
/// </summary>
public static class AspNetCoreWebhooksBuilderExtensions
{
    /// <summary>
    /// Seals secrets and enqueued requests by ASP.NET Core Data Protection, in place of a key file or of <c>UseSealingKeys</c>.
    /// </summary>
    /// <remarks>
    /// The key ring must outlive the process, and be shared by all that use the store: configure it with
    /// <c>AddDataProtection().SetApplicationName(…).PersistKeysTo…(…)</c>. Keys of it may expire, but must not be deleted as long as something is sealed under
    /// them. What is stored already under another sealer cannot be unsealed by it, which the host says when it starts.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IWebhooksBuilder UseDataProtection(this IWebhooksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddDataProtection();
        builder.Services.Replace(ServiceDescriptor.Singleton<IWebhookSealer, DataProtectionSealer>());
        return builder;
    }
}
