using System.ComponentModel;

namespace GenNet;

/// <summary>The last step of a sequence.</summary>
public sealed record LastStepLayer : Layer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LastStepLayer(int steps, int features) : base(features, features, GenNet.Activation.Identity) => Steps = steps;

    /// <summary>Steps of a sequence.</summary>
    public int Steps { get; }

    internal override (int Taken, int Given)? PositionsChange => (Steps, 1);

    internal override bool GoesAlongSteps => true;

    internal override bool LeavesPaddingOut => true;

    internal override string Schema => SchemaText.StepByStep(Kind, Steps, Inputs, 1, Outputs);

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;
}
