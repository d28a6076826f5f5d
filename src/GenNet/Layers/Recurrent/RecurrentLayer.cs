using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A layer that goes through a sequence step by step and remembers: its state follows from the step and from the state before.</summary>
public abstract record RecurrentLayer : Layer
{
    private protected RecurrentLayer(RecurrentShape shape) : base(shape.Inputs, shape.Outputs, GenNet.Activation.Identity) => Shape = shape;

    internal RecurrentShape Shape { get; }

    /// <summary>Steps of a sequence.</summary>
    public int Steps => Shape.Steps;

    /// <summary>Values of the state, of each direction.</summary>
    public int Units => Shape.Units;

    /// <summary>Whether it goes through a sequence from the last step on too, with weights of their own.</summary>
    public bool Bidirectional => Shape.Bidirectional;

    /// <summary>The probability with which training drops a value of the state where weights multiply it.</summary>
    public double RecurrentDropout => Shape.RecurrentDropout;

    /// <inheritdoc/>
    public override int ParameterCount => Shape.Gates * Outputs * (Inputs + Units + 2);

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Shape.Gates * Outputs * (Inputs + Units);

    internal override (int Taken, int Given)? PositionsChange => (Steps, Steps);

    internal override bool GoesAlongSteps => true;

    internal override bool GivesStepsFirst => true;

    internal override bool GoesBackToo => Bidirectional;

    internal override bool DrawsMasks => RecurrentDropout > 0;

    internal override int RowsOfUnit => Shape.Gates;

    internal override int StateLength => Bidirectional ? 0 : RecurrentLayout.StateLength(Units, HasCell);

    internal override bool LeavesPaddingOut => true;

    internal override bool TrainsFromState => !Bidirectional;

    /// <summary>Whether a unit has a cell beside its state.</summary>
    private protected virtual bool HasCell => false;

    internal override string Schema => SchemaText.Recurrent(Kind, Steps, Inputs, Units, Bidirectional, Settings);

    /// <summary>What it is told beside its size; null where that is usual.</summary>
    private protected virtual string? Settings => null;

    /// <summary>The arguments of the attribute that only such a layer has; null where they are as usual.</summary>
    private protected virtual string? OwnArguments => null;

    internal override (string? Before, string? Behind) Arguments
    {
        get
        {
            string?[] named = [OwnArguments, Bidirectional ? "Bidirectional = true" : null, RecurrentDropout > 0 ? string.Create(CultureInfo.InvariantCulture, $"RecurrentDropout = {RecurrentDropout}") : null];
            var given = named.OfType<string>().ToArray();
            return (Units.ToString(CultureInfo.InvariantCulture), given.Length > 0 ? string.Join(", ", given) : null);
        }
    }

    internal override long KeptFloats => (long)Steps * Math.Max(Shape.GateStride, (Shape.Gates + 1L) * Shape.StateStride) * (Bidirectional ? 2 : 1);

    internal override unsafe void LimitWeights(float* parameters, float limit)
    {
        LimitWeights(Shape, parameters, limit);
        if (Bidirectional)
            LimitWeights(Shape.Reverse, parameters, limit);
    }

    static unsafe void LimitWeights(in RecurrentShape shape, float* parameters, float limit)
    {
        PanelKernels.LimitNorms(parameters + shape.Offset, shape.Inputs, shape.Gates * shape.Units, limit);
        PanelKernels.LimitNorms(parameters + shape.StateOffset, shape.Units, shape.Gates * shape.Units, limit);
    }

    internal override TensorPlace[] Tensors => Bidirectional ? [.. Of(Shape.Forward, ""), .. Of(Shape.Reverse, "_reverse")] : Of(Shape, "");

    /// <summary>The tensors of a direction.</summary>
    static TensorPlace[] Of(in RecurrentShape shape, string direction) =>
    [
        new("weight_ih_l0" + direction, ParameterKind.Weight, shape.OfInputs.Offset, shape.OfInputs.Outputs, shape.Inputs),
        new("weight_hh_l0" + direction, ParameterKind.Weight, shape.OfState.Offset, shape.OfState.Outputs, shape.Units),
        new("bias_ih_l0" + direction, ParameterKind.Bias, shape.OfInputs.BiasOffset, shape.OfInputs.Outputs),
        new("bias_hh_l0" + direction, ParameterKind.Bias, shape.OfState.BiasOffset, shape.OfState.Outputs),
    ];
}
