namespace GenNet.Tests.Typed;

public enum Move
{
    Left,
    Stay,
    Right,
}

public readonly record struct Sensors([Scale(0, 10)] float Distance, [Scale(-1, 1)] float Angle, bool Blocked);

/// <summary>An enum and two numbers, the enum in the middle.</summary>
public record struct Decision([Scale(-30, 30)] float Turn, Move Move, [Standardize(0.5, 0.25)] double Throttle);

/// <summary>The outputs of the enum come first, those of the numbers that are left behind.</summary>
[Network<Sensors, Decision>(16, Hidden = Activation.Tanh)]
[Head("Move")]
[Head("Drive", Loss = Loss.Huber, Weight = 0.5)]
public sealed partial class PilotNet;

/// <summary>The same but for a scale.</summary>
public record struct OtherDecision([Scale(-45, 45)] float Turn, Move Move, [Standardize(0.5, 0.25)] double Throttle);

[Network<Sensors, OtherDecision>(16, Hidden = Activation.Tanh)]
[Head("Move")]
[Head("Drive", Loss = Loss.Huber, Weight = 0.5)]
public sealed partial class OtherPilotNet;

/// <summary>The same network without types.</summary>
[Network(3)]
[Dense(16, Activation.Tanh)]
[Head("Move")]
[Dense(3, Activation.Softmax)]
[Head("Drive", Loss = Loss.Huber, Weight = 0.5)]
[Dense(2)]
public sealed partial class PlainPilotNet;

/// <summary>Two enums, bools, numbers, structs and arrays.</summary>
public struct Plan
{
    public Move Move { get; set; }

    public (bool Jump, bool Duck) Body { get; set; }

    public bool Fire { get; set; }

    [FixedLength(2), Scale(0, 4)]
    public float[] Aims { get; set; }

    public Target Target { get; set; }

    public required Weapon Weapon { get; init; }

    [IgnoreFeature]
    public string? Note { get; set; }
}

public struct Target
{
    public byte Row;

    [Scale(0, 8)]
    public float Column;
}

/// <summary>More members than have names.</summary>
public enum Weapon
{
    W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15, W16, W17, W18, W19, W20, W21, W22, W23, W24, W25, W26, W27, W28, W29, W30, W31, W32, W33,
    W34, W35, W36, W37, W38, W39, W40, W41, W42, W43, W44, W45, W46, W47, W48, W49, W50, W51, W52, W53, W54, W55, W56, W57, W58, W59, W60, W61, W62, W63, W64, W65,
}

[Network<Sensors, Plan>]
[Dense(24)]
[BatchNorm(Activation.ReLU)]
[Head("Weapon")]
[Head("Body", Output = Activation.HardSigmoid, Loss = Loss.MeanSquaredError)]
[Dense(8, Activation.Tanh)]
[Head("Fire", Weight = 2)]
[Head("Spot", Output = Activation.Sigmoid)]
[Dense(8, Activation.ReLU)]
[Dropout(0.1)]
[Head("Move")]
[Residual(1)]
public sealed partial class PlanNet;

/// <summary>The same network without types.</summary>
[Network(3)]
[Dense(24)]
[BatchNorm(Activation.ReLU)]
[Head("Weapon")]
[Dense(66, Activation.Softmax)]
[Head("Body", Loss = Loss.MeanSquaredError)]
[Dense(8, Activation.Tanh)]
[Dense(2, Activation.HardSigmoid)]
[Head("Fire", Weight = 2)]
[Dense(1, Activation.Sigmoid)]
[Head("Spot", Loss = Loss.MeanSquaredError)]
[Dense(8, Activation.ReLU)]
[Dropout(0.1)]
[Dense(4, Activation.Sigmoid)]
[Head("Move")]
[Residual(1)]
[Dense(3, Activation.Softmax)]
public sealed partial class PlainPlanNet;

/// <summary>The members of a tuple, dealt out in another order.</summary>
[Network<float, (bool, float, Move)>(4)]
[Head("Item3")]
[Head("Item2")]
[Head("Sure")]
public sealed partial class TupleHeadNet;
