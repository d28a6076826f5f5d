using System.Globalization;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>A layer that goes through a sequence step by step and remembers: its state follows from the step and from the state before.</summary>
public abstract record RecurrentLayer : Layer
{
    private protected RecurrentLayer(RecurrentShape shape) : base(shape.Inputs, shape.Units, GenNet.Activation.Identity) => Shape = shape;

    internal RecurrentShape Shape { get; }

    /// <summary>Steps of a sequence.</summary>
    public int Steps => Shape.Steps;

    /// <inheritdoc/>
    public override int ParameterCount => Shape.Gates * Outputs * (Inputs + Outputs + 2);

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Shape.Gates * Outputs * (Inputs + Outputs);

    internal override (int Taken, int Given)? PositionsChange => (Steps, Steps);

    internal override bool GoesAlongSteps => true;

    internal override bool GivesStepsFirst => true;

    internal override int RowsOfUnit => Shape.Gates;

    internal override int StateLength => RecurrentLayout.StateLength(Outputs, HasCell);

    internal override bool LeavesPaddingOut => true;

    internal override bool TrainsFromState => true;

    /// <summary>Whether a unit has a cell beside its state.</summary>
    private protected virtual bool HasCell => false;

    internal override string Schema => SchemaText.StepByStep(Kind, Steps, Inputs, Steps, Outputs, Settings);

    /// <summary>What it is told beside its size; null where that is usual.</summary>
    private protected virtual string? Settings => null;

    internal override (string? Before, string? Behind) Arguments => (Outputs.ToString(CultureInfo.InvariantCulture), null);

    internal override long KeptFloats => (long)Steps * Math.Max(Shape.GateStride, (Shape.Gates + 1L) * Shape.StateStride);

    internal override unsafe void LimitWeights(float* parameters, float limit)
    {
        PanelKernels.LimitNorms(parameters + Shape.Offset, Inputs, Shape.Gates * Outputs, limit);
        PanelKernels.LimitNorms(parameters + Shape.StateOffset, Outputs, Shape.Gates * Outputs, limit);
    }

    internal override TensorPlace[] Tensors =>
    [
        new("weight_ih_l0", ParameterKind.Weight, Shape.OfInputs.Offset, Shape.OfInputs.Outputs, Inputs),
        new("weight_hh_l0", ParameterKind.Weight, Shape.OfState.Offset, Shape.OfState.Outputs, Outputs),
        new("bias_ih_l0", ParameterKind.Bias, Shape.OfInputs.BiasOffset, Shape.OfInputs.Outputs),
        new("bias_hh_l0", ParameterKind.Bias, Shape.OfState.BiasOffset, Shape.OfState.Outputs),
    ];
}
