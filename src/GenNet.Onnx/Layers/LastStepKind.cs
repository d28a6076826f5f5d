using System.Globalization;
using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>The last step of a sequence: <c>Gather</c>.</summary>
sealed class LastStepKind : LayerKind
{
    protected override bool Is(Layer layer) => layer is LastStepLayer;

    /// <summary>The last of one is that.</summary>
    public override bool IsLeftOut(Layer layer, LayerStep? next, bool isFirst) => ((LastStepLayer)layer).Steps == 1 && next is not LastStepStep;

    public override string Describe(Layer layer) => "a " + LastStepStep.Describe(((LastStepLayer)layer).Steps);

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        if (nodes.Form == Form.Row)
            return;
        nodes.AsSteps();
        nodes.Add("Gather", [nodes.Integer("last", -1)], Attributes.Int("axis", LayerNodes.StepsAxis));
        nodes.Form = Form.Row;
    }

    public override bool GoesStepByStep(Layer layer) => true;

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != "Gather" || value.Rank != 2 || value.Computed(0) is not { } x || value.ConstantAt(1)?.Integer is not { } index)
            return null;
        var axis = value.Int("axis", 0) is var given && given < 0 ? given + x.Rank : given;
        x.CheckSizes();
        if (x.Rank == 4 && axis is 2 or 3)
            x.SetChannelsLast(axis == 2, value);
        else if (x.Rank == 4 || axis != 1)
            return null;
        if (x.Pixels is not (> 0 and <= int.MaxValue and var steps))
            throw new InvalidDataException($"{value.Description} takes one of a number of steps that the input leaves open; export the model with a fixed one.");
        return index == -1 || index == steps - 1 ? new LastStepStep(value, x, (int)steps)
            : throw new InvalidDataException($"{value.Description} takes step {index} of {steps}, counted from 0; GenNet has a layer for the last: export the model with [:, -1].");
    }
}

/// <summary>The last step of a sequence.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Steps">Steps of a sequence.</param>
sealed record LastStepStep(Value Node, Value Input, int Steps) : LayerStep(Node, Input)
{
    public override string What => Describe(Steps);

    public override int Takes => Input.Features is > 0 and <= int.MaxValue and var features ? (int)features : 0;

    public override bool IsActivated => false;

    public override int? PositionsTaken => Steps;

    public override (int Height, int Width)? Image => (1, Steps);

    public override bool TakesSteps => true;

    public static string Describe(int steps) => string.Create(CultureInfo.InvariantCulture, $"layer that takes the last of {steps} steps");

    public override string? Difference(Layer layer, int back, int expectedBack) => layer switch
    {
        LastStepLayer last when last.Steps == Steps => null,
        LastStepLayer last => $"Declare sequences of {Steps} steps, or load a model of {last.Steps}.",
        _ => OtherLayers,
    };

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.LastStep();
}
