using System;
using System.Collections.Generic;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// Decides which signers one endpoint may have.
/// </summary>
internal static class SignerRules
{
    /// <summary>The most signers of one endpoint.</summary>
    private const int MostSigners = 10;

    /// <exception cref="ArgumentException">The signers cannot be used side by side.</exception>
    public static IReadOnlyList<IWebhookSigner> Validate(IReadOnlyList<IWebhookSigner> signers, string paramName)
    {
        ArgumentNullException.ThrowIfNull(signers, paramName);

        if (signers.Count > MostSigners)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"An endpoint has at most {MostSigners} signers, but there are {signers.Count}; leave out those that no receiver needs any more."),
                paramName);
        }

        HashSet<string> headers = new(StringComparer.OrdinalIgnoreCase);

        foreach (IWebhookSigner signer in signers)
        {
            ArgumentNullException.ThrowIfNull(signer, paramName);

            if (signer is WebhookSigner { Header: var header } && !headers.Add(header))
            {
                throw new ArgumentException($"Two signers have the header {header}, which holds one signature; leave one out, or give it another header.", paramName);
            }
        }

        return Array.AsReadOnly([.. signers]);
    }
}
