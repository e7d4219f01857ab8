using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;

namespace Webhooks.Sdk.Generators.Tests;

/// <summary>
/// Fills objects of any type that a generated writer takes.
/// </summary>
internal sealed class RandomValues(Random random)
{
    private const int MostDepth = 6;

    private static readonly string[] Pieces = ["a", "Bc", " ", "\"", "\\", "\n", "\u0001", "é", "漢", "😀", "plain text of some length"];

    public object? Create(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return random.Next(3) == 0 ? null : Create(underlying, depth);
        }

        if (!type.IsValueType && depth > 0 && (depth > MostDepth || random.Next(4) == 0))
        {
            return null;
        }

        return Scalar(type) ?? (Elements(type) is { } element ? List(type, element, depth) : Object(type, depth));
    }

    private object? Scalar(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.ToObject(type, random.Next(-1, 9));
        }

        return type.Name switch
        {
            nameof(String) => Text(),
            nameof(Uri) => new Uri("/" + Text().Replace('\u0001', 'x'), UriKind.Relative),
            "Byte[]" => Bytes(random.Next(10)),
            nameof(Boolean) => random.Next(2) == 0,
            nameof(Char) => Text().FirstOrDefault(character => !char.IsSurrogate(character), 'x'),
            nameof(Int32) => random.Next(int.MinValue, int.MaxValue) >> random.Next(32),
            nameof(UInt32) => (uint)random.Next(),
            nameof(Int64) => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
            nameof(UInt64) => (ulong)random.NextInt64(),
            nameof(Int16) => (short)random.Next(short.MinValue, short.MaxValue),
            nameof(UInt16) => (ushort)random.Next(ushort.MaxValue),
            nameof(Byte) => (byte)random.Next(256),
            nameof(SByte) => (sbyte)random.Next(sbyte.MinValue, sbyte.MaxValue),
            nameof(Double) => Finite(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))),
            nameof(Single) => (float)(random.NextDouble() * Math.Pow(10, random.Next(-30, 30))),
            nameof(Half) => (Half)(random.NextDouble() * 1000),
            nameof(Decimal) => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
            nameof(Int128) => (Int128)random.NextInt64() * -random.NextInt64(),
            nameof(UInt128) => (UInt128)random.NextInt64() * (UInt128)random.NextInt64(),
            nameof(DateTime) => new DateTime(Ticks(), (DateTimeKind)random.Next(3)),
            nameof(DateTimeOffset) => new DateTimeOffset(Ticks() / TimeSpan.TicksPerDay * TimeSpan.TicksPerDay, TimeSpan.FromMinutes(random.Next(-840, 841))).AddTicks(random.Next()),
            nameof(DateOnly) => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)),
            nameof(TimeOnly) => new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)),
            nameof(TimeSpan) => new TimeSpan(random.NextInt64(long.MinValue, long.MaxValue)),
            nameof(Guid) => new Guid(Bytes(16)),
            _ => null,
        };
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    private static Type? Elements(Type type) =>
        type.GetInterfaces().Append(type)
            .FirstOrDefault(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];

    private object List(Type type, Type element, int depth)
    {
        int count = random.Next(5);

        if (element.IsGenericType && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            var dictionary = (IDictionary)Activator.CreateInstance(type)!;

            for (int i = 0; i < count; i++)
            {
                dictionary[Text() + i] = Create(element.GetGenericArguments()[1], depth + 1);
            }

            return dictionary;
        }

        Array array = Array.CreateInstance(element, count);

        for (int i = 0; i < count; i++)
        {
            array.SetValue(Create(element, depth + 1), i);
        }

        if (type.IsAssignableFrom(array.GetType()))
        {
            return array;
        }

        MethodInfo create = type.GetGenericTypeDefinition() == typeof(List<>)
            ? typeof(Enumerable).GetMethod(nameof(Enumerable.ToList))!
            : typeof(ImmutableList).GetMethods().Single(method =>
                method.Name == nameof(ImmutableList.CreateRange) && method.GetParameters() is [{ ParameterType: var only }] && only.Name == "IEnumerable`1");
        return create.MakeGenericMethod(element).Invoke(null, [array])!;
    }

    private object Object(Type type, int depth)
    {
        object value = Activator.CreateInstance(type)!;

        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(value, Create(property.PropertyType, depth + 1));
        }

        return value;
    }

    private string Text() => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    // Far enough from both ends for any offset.
    private long Ticks() => random.NextInt64(TimeSpan.TicksPerDay * 2, DateTime.MaxValue.Ticks - (TimeSpan.TicksPerDay * 2));
}
