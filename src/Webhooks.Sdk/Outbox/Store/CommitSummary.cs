using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// What a commit has changed.
/// </summary>
/// <param name="Applied">How many outcomes were written; the others were of a lost lease.</param>
/// <param name="Failing">The health of each endpoint that a failure in the batch counted against.</param>
[Experimental("WHKEXP001")]
public readonly record struct CommitSummary(int Applied, IReadOnlyList<EndpointHealth> Failing);
