using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Gives the bearer token of an attempt.
/// </summary>
/// <remarks>
/// Asked for each attempt, by several threads at once, so it keeps its token itself until that expires. What it throws ends the attempt as
/// <see cref="WebhookFailure.NotReceived"/>, which is retried.
/// </remarks>
/// <param name="rejectedToken">
/// Null at first. When the receiver answers 401, the provider is asked once more with the token that was refused: it forgets that one, if it still keeps it, and
/// gets another.
/// </param>
/// <param name="cancellationToken">Ends with the attempt.</param>
/// <returns>The token, without <c>Bearer</c>: visible ASCII characters.</returns>
public delegate ValueTask<string> WebhookTokenProvider(string? rejectedToken, CancellationToken cancellationToken);
