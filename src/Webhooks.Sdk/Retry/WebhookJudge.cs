namespace Webhooks.Sdk;

/// <summary>
/// Decides in code what an answer means, after status, headers and <see cref="WebhookResponseRule.Body"/> have been looked at.
/// </summary>
/// <remarks>
/// Called at the end of each attempt, by many threads at once. An exception is taken for <see cref="WebhookVerdict.Undecided"/>.
/// </remarks>
/// <param name="answer">The answer. Look at <see cref="WebhookAnswer.IsComplete"/> before the end of its text.</param>
/// <param name="verdict">What the answer means so far.</param>
/// <returns>What it means: <paramref name="verdict"/> where the code has nothing to add.</returns>
public delegate WebhookVerdict WebhookJudge(in WebhookAnswer answer, WebhookVerdict verdict);
