using System.Numerics;

namespace GenNet.Tests.Typed;

/// <summary>Values have gaps, are out of order, and one has two names.</summary>
public enum Colour : byte
{
    Red = 1,
    Green = 40,
    Blue = 2,
    Azure = 2,
}

public enum Mood : long
{
    Bad = long.MinValue,
    Good = long.MaxValue,
    Neutral = 0,
}

public enum @class : ulong
{
    @new = ulong.MaxValue,
    @event = 3,
}

public readonly record struct Numbers(
    sbyte SByte, byte Byte, short Short, ushort UShort, int Int, uint UInt, long Long, ulong ULong, nint NInt, nuint NUInt,
    Half Half, float Float, double Double, decimal Decimal);

public readonly record struct ScaledNumbers(
    [Scale(-128, 127)] sbyte SByte,
    [Standardize(100, 50)] ulong ULong,
    [Scale(0, 4)] Half Half,
    [Standardize(1.5, 0.25)] decimal Decimal,
    [Scale(1_700_000_000, 1_700_000_100)] long Time,
    [property: Standardize(-1, 2)] float Float);

public readonly record struct Choices(bool Yes, Colour Colour, Mood Mood, @class @this);

/// <summary>Properties come first, then fields, whatever their order here.</summary>
public struct Mixed
{
    [Scale(0, 10)]
    public float Field;

    [IgnoreFeature]
    public string? Note;

    public static float Shared = 7;

    internal readonly float Constant;

    float _hidden;

    public Mixed(float hidden) => (_hidden, Constant) = (hidden, 9);

    public int Property { get; set; }

    [Feature, Standardize(0, 2)]
    public readonly float Computed => _hidden;

    public readonly float AlsoComputed => Field + 1;

    public float Hidden
    {
        readonly get => _hidden;
        set => _hidden = value;
    }

    public readonly float this[int index] => index;
}

public readonly record struct Nested((float Left, bool Right) Pair, Vector3 Position, Inner Inner, Pair<Inner> Two);

public readonly record struct Inner(float A, [IgnoreFeature] string B, Colour C);

public readonly record struct Pair<T>(T First, T Second);

[Network<Numbers, bool>]
public sealed partial class NumbersNet;

[Network<ScaledNumbers, bool>]
public sealed partial class ScaledNumbersNet;

[Network<Choices, Colour>(4)]
public sealed partial class ChoicesNet;

[Network<Mixed, Mood>]
[Dense(8, Activation.Tanh)]
[Dense(4, Activation.Sigmoid)]
public sealed partial class MixedNet;

[Network<Nested, @class>(6, 5, Hidden = Activation.SiLU)]
public sealed partial class NestedNet;

/// <summary>A value that is its only feature, and another that is the only output.</summary>
[Network<float, double>(8, Hidden = Activation.Tanh)]
public sealed partial class CurveNet;

/// <summary>Any point of the plane.</summary>
public readonly record struct Point([Scale(-1, 1)] float X, [Scale(-1, 1)] float Y);

public enum Region
{
    Inside,
    Left,
    Right,
}

[Network<Point, Region>(16, Hidden = Activation.Tanh)]
public sealed partial class RegionNet;

[Network<Point, bool>(16, Hidden = Activation.Tanh)]
public sealed partial class InsideNet;

/// <summary>Answers that do not exclude each other.</summary>
public readonly record struct Sides(bool Left, Vertical Vertical);

public struct Vertical
{
    public bool Up;

    [IgnoreFeature]
    public string? Note { get; set; }
}

[Network<Point, Sides>(16, Hidden = Activation.Tanh)]
public sealed partial class SidesNet;

/// <summary>Numbers in their natural units.</summary>
public readonly record struct Polar([Scale(0, 200)] int Centimetres, [Standardize(0, 90)] double Degrees, decimal Area, Half Half, Rounded Rounded);

public record struct Rounded
{
    public byte Byte;

    [Standardize(10, 5)]
    public required sbyte SByte { get; init; }
}

[Network<Point, Polar>(24, Hidden = Activation.Tanh)]
public sealed partial class PolarNet;

/// <summary>Tuples, alone and in a struct.</summary>
public readonly record struct Halves((int Whole, float Half) Parts);

[Network<(float, bool), (double, Halves)>]
public sealed partial class TupleNet;
