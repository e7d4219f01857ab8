using Webhooks.Sdk.Testing.Differences;

namespace Webhooks.Sdk.Testing;

/// <content>What tests assert of a request, in any test framework.</content>
public sealed partial class ReceivedRequest
{
    /// <summary>Asserts the method.</summary>
    /// <param name="expected">The method, in the case in which it must be, for example <c>POST</c>.</param>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">It is another.</exception>
    public ReceivedRequest AssertMethod(string expected)
    {
        RequestComparison.Equal("method", expected, Method);
        return this;
    }

    /// <summary>Asserts the target of the request line, character by character.</summary>
    /// <param name="expected">The path and the query as they must be on the wire, for example <c>/hooks/a%2Fb?x=1</c>.</param>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">It is another.</exception>
    public ReceivedRequest AssertTarget(string expected)
    {
        RequestComparison.Equal("target", expected, Target);
        return this;
    }

    /// <summary>Asserts that a header came once, with a value.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <param name="expected">The value, character by character.</param>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">There is no such header, or several, or its value is another.</exception>
    public ReceivedRequest AssertHeader(string name, string expected)
    {
        RequestComparison.HasHeader(Headers, name, expected);
        return this;
    }

    /// <summary>Asserts that a header did not come.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">There is such a header.</exception>
    public ReceivedRequest AssertNoHeader(string name)
    {
        RequestComparison.HasNoHeader(Headers, name);
        return this;
    }

    /// <summary>Asserts that the body is JSON of a value; the order of members, white space and the form of numbers do not count.</summary>
    /// <param name="expected">The value, as JSON.</param>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">The body is not JSON, or of another value; the message lists the differences.</exception>
    /// <exception cref="System.ArgumentException"><paramref name="expected"/> is not JSON.</exception>
    public ReceivedRequest AssertJson(string expected)
    {
        RequestComparison.HasJson(Body, expected);
        return this;
    }

    /// <summary>Asserts the body, character by character.</summary>
    /// <param name="expected">The text, in UTF-8 on the wire; empty for no body.</param>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">The body is another.</exception>
    public ReceivedRequest AssertText(string expected)
    {
        RequestComparison.HasText(Body, expected);
        return this;
    }
}
