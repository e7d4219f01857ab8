using System.Data;
using System.Data.Common;

namespace Webhooks.Sdk.Conformance;

/// <summary>A transaction of no database at all.</summary>
public sealed class ForeignTransaction : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.Unspecified;

    protected override DbConnection? DbConnection => null;

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }
}
