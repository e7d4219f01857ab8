using System;
using System.Collections.Generic;
using System.Text;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed partial class WebhookEventDataTests
{
    [Fact]
    public void Create_DataThatWritesItself_IsTheDataOfTheEvent()
    {
        WebhookEvent paid = WebhookEvent.Create("invoice.paid", new Invoice("inv_é", 12.5m));

        Assert.Equal("""{"id":"inv_é","amount":12.5}""", Encoding.UTF8.GetString(paid.Data.Span));
        Assert.Equal("invoice.paid", paid.Type);
    }

    [Fact]
    public void WithData_PairsAndMarkedData_EachFindTheirOverload()
    {
        WebhookEvent pairs = WebhookEvent.For("a").WithData(new Dictionary<string, string> { ["id"] = "1" }).Build();
        WebhookEvent marked = WebhookEvent.For("a").WithData(new Invoice("1", 2)).Build();

        Assert.Equal("""{"id":"1"}""", Encoding.UTF8.GetString(pairs.Data.Span));
        Assert.Equal("""{"id":"1","amount":2}""", Encoding.UTF8.GetString(marked.Data.Span));
    }

    [Fact]
    public void WithData_NoData_Throws()
    {
        Assert.Throws<ArgumentNullException>("data", () => WebhookEvent.For("a").WithData((Invoice)null!));
    }

    [WebhookData]
    internal sealed partial record Invoice(string Id, decimal Amount);
}
