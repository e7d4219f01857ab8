using System;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public sealed partial class Numbers
{
    public sbyte SByte { get; set; }

    public byte Byte { get; set; }

    public short Short { get; set; }

    public ushort UShort { get; set; }

    public int Int { get; set; }

    public uint UInt { get; set; }

    public long Long { get; set; }

    public ulong ULong { get; set; }

    public Int128 Int128 { get; set; }

    public UInt128 UInt128 { get; set; }

    public Half Half { get; set; }

    public float Float { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public bool Bool { get; set; }

    public DayOfWeek Day { get; set; }

    public int? NoInt { get; set; }

    public double? NoDouble { get; set; }

    public decimal? NoDecimal { get; set; }

    public bool? NoBool { get; set; }

    public DayOfWeek? NoDay { get; set; }
}
