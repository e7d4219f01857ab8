using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace Webhooks.Sdk.EntityFrameworkCore;

/// <summary>
/// Maps the store's table of events, as rows without a type of their own: the columns are the store's.
/// </summary>
/// <remarks>
/// When the model is complete, so that nothing that the application does to all of its entities is done to it.
/// </remarks>
internal sealed class EventTableConvention(IDbContextOptions options) : IConventionSetPlugin, IModelFinalizingConvention
{
    public const string EntityName = "Webhooks.Sdk.WebhookEvent";

    public ConventionSet ModifyConventions(ConventionSet conventionSet)
    {
        // Before the others, which complete what is there.
        conventionSet.ModelFinalizingConventions.Insert(0, this);
        return conventionSet;
    }

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        IWebhookEventTable table = options.FindExtension<WebhooksOptionsExtension>()!.Publisher.Table;
        IConventionEntityTypeBuilder row = modelBuilder.SharedTypeEntity(EntityName, typeof(Dictionary<string, object>), fromDataAnnotation: true)!;
        row.ToTable(table.Name, table.Schema, fromDataAnnotation: true);
        row.ExcludeTableFromMigrations(true, fromDataAnnotation: true);

        foreach (WebhookEventColumn column in table.Columns)
        {
            IConventionPropertyBuilder property = row.IndexerProperty(TypeOf(column), column.Name, fromDataAnnotation: true)!;
            property.HasColumnName(column.Name, fromDataAnnotation: true);
            property.IsRequired(!column.IsNullable, fromDataAnnotation: true);
            property.ValueGenerated(ValueGenerated.Never, fromDataAnnotation: true);

            if (column.IsKey)
            {
                row.PrimaryKey([property.Metadata], fromDataAnnotation: true);
            }
        }
    }

    private static Type TypeOf(WebhookEventColumn column) =>
        column is { IsNullable: true, Type.IsValueType: true } ? typeof(Nullable<>).MakeGenericType(column.Type) : column.Type;
}
