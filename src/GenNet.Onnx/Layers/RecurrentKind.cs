using System.Globalization;
using GenNet.Onnx.Reading;
using GenNet.Onnx.Schema;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Recurrent layers. A model has them between what puts steps before samples and samples before steps again; it is read without.</summary>
abstract class RecurrentKind : LayerKind
{
    /// <summary>Where ONNX's operators have what they may take beside weights and biases.</summary>
    const int Lengths = 4, InitialState = 5, InitialCell = 6, Peepholes = 7;

    /// <summary>[samples, steps, features] ↔ [steps, samples, features].</summary>
    static readonly long[] StepsFirst = [1, 0, 2];

    /// <summary>ONNX's operator.</summary>
    protected abstract string Operator { get; }

    /// <summary>Where ONNX has each of the layer's gates.</summary>
    protected abstract int[] Gates { get; }

    public override bool TakesSteps => true;

    public override bool GoesStepByStep(Layer layer) => !((RecurrentLayer)layer).Bidirectional;

    /// <summary>Whether a unit has a cell beside its state.</summary>
    protected virtual bool HasCell => false;

    public override string Describe(Layer layer) => "a " + RecurrentStep.Describe(Units(layer), ((RecurrentLayer)layer).Units, layer.Inputs, ((RecurrentLayer)layer).Steps, ((RecurrentLayer)layer).Bidirectional);

    /// <summary>What its units are called.</summary>
    protected virtual string Units(Layer layer) => Operator;

    /// <summary>As a <see cref="ParameterBlock"/> has them, the tensors are the weights of what a step brings, those of the state, and the biases of both.</summary>
    public override string[] WriteParameters(Layer layer, LayerNodes nodes, ParameterTensor[] tensors, Form form)
    {
        var (units, directions) = (((RecurrentLayer)layer).Units, ((RecurrentLayer)layer).Bidirectional ? 2 : 1);
        var (rows, values) = (Gates.Length * units, tensors.Select(tensor => GateOrder.ToFile(nodes.ValuesOf(tensor), Gates)).ToArray());
        float[] Of(params int[] places) => [.. Enumerable.Range(0, directions).SelectMany(direction => places.SelectMany(place => values[4 * direction + place]))];
        return [nodes.Numbers("W", [directions, rows, layer.Inputs], Of(0)), nodes.Numbers("R", [directions, rows, units], Of(1)), nodes.Numbers("B", [directions, 2 * rows], Of(2, 3))];
    }

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        nodes.AsSteps();
        nodes.Add("Transpose", nodes.Last, [], [Attributes.Ints("perm", StepsFirst)], "StepsFirst");
        var (units, bidirectional) = (((RecurrentLayer)layer).Units, ((RecurrentLayer)layer).Bidirectional);
        nodes.Add(Operator, parameters, [Attributes.Int("hidden_size", units), .. Settings(layer), .. bidirectional ? new[] { Attributes.Text("direction", "bidirectional") } : []]);
        if (nodes.CarriesStates)
            nodes.CarryState(units, HasCell);
        if (bidirectional)
        {
            // [steps, directions, samples, units] → [steps, samples, directions × units]
            nodes.Add("Transpose", nodes.Last, [], [Attributes.Ints("perm", [0, 2, 1, 3])], "DirectionsLast");
            nodes.Add("Reshape", [nodes.Integers("joined", [0, 0, 2 * units])]);
        }
        else
            nodes.Add("Squeeze", [nodes.Integers("directions", [1])]);
        nodes.Add("Transpose", nodes.Last, [], [Attributes.Ints("perm", StepsFirst)], "SamplesFirst");
    }

    /// <summary>What ONNX would not assume of such a layer.</summary>
    protected virtual AttributeProto[] Settings(Layer layer) => [];

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != Operator || value.Computed(0) is not { } x || value.ConstantAt(1) is not { } weights || value.ConstantAt(2) is not { } recurrent || value.Computed(3) is not null)
            return null;
        x.SetChannelsLast(true, value);
        if (x.Pixels is not (> 0 and <= int.MaxValue and var steps))
            throw new InvalidDataException(x.Fault ?? $"{value.Description} goes through a number of steps that the input leaves open; export the model with a fixed one.");
        if (Refusal(value, (int)steps) is { } refusal)
            throw new InvalidDataException($"{value.Description} {refusal}");
        var (units, inputs) = (recurrent.Shape.LastOrDefault(), weights.Shape.LastOrDefault());
        var rows = units is > 0 and <= int.MaxValue / 2 ? Gates.Length * units : 0;
        var directions = IsBidirectional(value) ? 2 : 1;
        if (value.Int("hidden_size", units) != units)
            throw new InvalidDataException($"{value.Description} has hidden_size = {value.Int("hidden_size", 0)}, its weights are for {units}.");
        float[] ofInputs = weights.OfShape(directions, rows, inputs), ofState = recurrent.OfShape(directions, rows, units);
        var biases = value.ConstantAt(3)?.OfShape(directions, 2 * rows) ?? new float[directions * 2 * rows];
        var tensors = new List<float[]>();
        for (var direction = 0; direction < directions; direction++)
        {
            Add(ofInputs, direction, rows * inputs);
            Add(ofState, direction, rows * units);
            Add(biases, 2 * direction, rows);
            Add(biases, 2 * direction + 1, rows);
        }
        return Step(value, x, (int)steps, (int)inputs, (int)units, [.. tensors]);

        void Add(float[] values, int place, long length) => tensors.Add(GateOrder.FromFile(values.AsSpan((int)(place * length), (int)length), Gates));
    }

    static bool IsBidirectional(Value value) => RecurrentGraph.IsBidirectional(value.Node!);

    /// <summary>The layer.</summary>
    /// <param name="value">What the node gives.</param>
    /// <param name="x">What it takes.</param>
    /// <param name="steps">Steps of a sequence.</param>
    /// <param name="inputs">Features of a step.</param>
    /// <param name="units">Values of the state.</param>
    /// <param name="tensors">As <see cref="WriteParameters"/> takes them.</param>
    protected abstract RecurrentStep Step(Value value, Value x, int steps, int inputs, int units, float[][] tensors);

    /// <summary>Why GenNet has no such layer, or null.</summary>
    /// <param name="value">What the node gives.</param>
    /// <param name="steps">Steps of a sequence.</param>
    string? Refusal(Value value, int steps)
    {
        bool Takes(int place) => value.Inputs.ElementAtOrDefault(place) is not null;
        return OtherForm(value)
            ?? (value.Texts("activations").ToArray() is { Length: > 0 } activations && !(IsBidirectional(value) ? activations.Length % 2 == 0 && activations[..(activations.Length / 2)] is var one && IsUsual(one) && Are(activations[one.Length..], one) : IsUsual(activations)) ? $"has activations [{string.Join(", ", activations.Take(6).Select(Messages.Short))}], which GenNet's layer does not have: train the model with the usual ones." : null)
            ?? (value.Has("clip") ? $"has clip = {value.Float("clip", 0).ToString(CultureInfo.InvariantCulture)}: GenNet's recurrent layers do not limit what goes into their activations. Train the model without." : null)
            ?? (Takes(Lengths) && value.ConstantAt(Lengths)?.IsAll(steps) != true ? "has lengths of the sequences (sequence_lens) that are computed, or fewer than all steps: GenNet's networks go through all of them. Export the model without." : null)
            ?? (IsOther(InitialState) || IsOther(InitialCell) ? "begins with a state (initial_h, initial_c) that is not constant zeros: in GenNet every sequence begins with zeros. Export the model without." : null)
            ?? (IsOther(Peepholes) ? "has peephole weights (P), which GenNet's layer does not have: train the model without." : null);

        bool IsOther(int place) => Takes(place) && !value.Inputs[place]!.IsZero;
    }

    /// <summary>Why GenNet has no such layer for what is this operator's alone, or null.</summary>
    protected virtual string? OtherForm(Value value) => null;

    /// <summary>Whether activations are those of a layer.</summary>
    protected abstract bool IsUsual(string[] activations);

    protected static bool Are(string[] activations, params string[] expected)
    {
        var equal = activations.Length == expected.Length;
        for (var i = 0; equal && i < expected.Length; i++)
            equal = activations[i].Equals(expected[i], StringComparison.OrdinalIgnoreCase);
        return equal;
    }
}

/// <summary>A layer that goes through a sequence step by step.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Steps">Steps of a sequence.</param>
/// <param name="Inputs">Features of a step.</param>
/// <param name="Units">Values of the state.</param>
/// <param name="Tensors">Weights of what a step brings, of the state, and the biases of both, in the order of a layer's gates.</param>
abstract record RecurrentStep(Value Node, Value Input, int Steps, int Inputs, int Units, float[][] Tensors) : LayerStep(Node, Input)
{
    /// <summary>Whether it goes through the steps in both directions.</summary>
    protected bool Bidirectional => Tensors.Length > 4;

    public override string What => Describe(UnitName, Units, Inputs, Steps, Bidirectional);

    /// <summary>What its units are called.</summary>
    protected virtual string UnitName => Node.Operator;

    public override IReadOnlyList<float[]> Parameters => Tensors;

    public override int Takes => Inputs;

    public override bool IsActivated => false;

    public override int? PositionsTaken => Steps;

    public override (int Height, int Width)? Image => (1, Steps);

    public override bool TakesSteps => true;

    public static string Describe(string name, int units, int inputs, int steps, bool bidirectional) =>
        string.Create(CultureInfo.InvariantCulture, $"layer of {units} {name} units that goes through {steps} steps of {inputs} features{(bidirectional ? " in both directions" : "")}");

    public override string? Difference(Layer layer, int back, int expectedBack) =>
        layer is not RecurrentLayer other || !Is(other) ? OtherLayers
        : Bidirectional != other.Bidirectional ? $"Declare the layer with{(Bidirectional ? "" : "out")} Bidirectional = true, or load a model that goes through the steps {(other.Bidirectional ? "in both directions" : "forward alone")} there."
        : Units != other.Units ? $"Declare the layer with {Units} units, or load a model that has {other.Units} there."
        : Inputs != other.Inputs ? $"Declare {Inputs} inputs for the layer, or load a model that has {other.Inputs} there."
        : Steps != other.Steps ? $"Declare sequences of {Steps} steps, or load a model of {other.Steps}."
        : null;

    /// <summary>Whether it is the same kind of layer.</summary>
    protected abstract bool Is(RecurrentLayer layer);
}
