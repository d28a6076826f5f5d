using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A layer that goes through a sequence step by step and remembers.</summary>
/// <param name="Units">Values of its state.</param>
/// <param name="Gates">Gates, each of which has weights for every unit.</param>
/// <param name="Options">What all such layers may be told.</param>
abstract record RecurrentSpec(int Units, int Gates, RecurrentOptions Options) : LayerSpec("Identity")
{
    bool Bidirectional => Options.Bidirectional;

    int Directions => Bidirectional ? 2 : 1;

    /// <summary>Weights of a matrix: as many as fit a block beside others.</summary>
    const int MostWeights = 1 << 28;

    /// <summary>Reads a layer that takes a sequence, or reports that there is none.</summary>
    /// <param name="reader">Reads the attribute.</param>
    /// <param name="layer">The attribute's name.</param>
    /// <param name="create">The layer with so many units.</param>
    protected static LayerSpec Read(LayerReader reader, string layer, Func<int, RecurrentOptions, RecurrentSpec> create)
    {
        var spec = create(
            reader.Size("units", 0), new(reader.Flag("Bidirectional"), reader.Number("RecurrentDropout", 0, value => value is >= 0 and <= 1, "from 0 to 1")));
        if (!WindowSpec.TakesSequence(reader, layer))
            return reader.Nothing;
        var weights = (long)spec.Gates * spec.Units * Math.Max(spec.Units, reader.Input.Features);
        var (what, size, most) = weights > MostWeights ? ("a matrix", weights, MostWeights) : ("a sequence", reader.Input.Positions * (long)spec.Directions * spec.Units, NetworkParser.MaxImage);
        if (size <= most)
            return spec;
        reader.ReportAlone(Descriptors.SizeOutOfRange, $"{what} of {NetworkParser.Grouped(size)} values", NetworkParser.MostValues(most));
        return reader.Nothing;
    }

    public override SampleShape OutputFor(SampleShape input) => input with { Features = Directions * Units, Pixels = 0, IsStepsFirst = true };

    public override long ParametersFor(int inputs) => (long)Directions * Gates * Units * (inputs + Units + 2L);

    public override long MultiplyAddsFor(int inputs) => (long)Directions * Gates * Units * ((long)inputs + Units);

    public override int TrainedLengthFor(int inputs) => Directions * RecurrentLayout.LayerLength(inputs, Units, Gates);

    public override bool ReadsPaddedRows => false;

    public override bool IsActivated => false;

    /// <summary>The direction from the last step on begins with the whole sequence.</summary>
    public override bool GoesStepByStep => !Bidirectional;

    public override string WhyNotByStep => "is Bidirectional, so it begins with the last step too and needs the whole sequence";

    public override int StateLengthFor(int inputs) => Bidirectional ? 0 : RecurrentLayout.StateLength(Units, HasCell);

    public override bool HasStep => true;

    /// <summary>Whether a unit has a cell beside its state.</summary>
    public virtual bool HasCell => false;

    public override int GatesLength => RecurrentLayout.GatesLength(Units, Gates);

    /// <summary>What all gates get of a step, and of the state before it.</summary>
    public override IReadOnlyList<ProductPlan> Products(LayerPlan layer) =>
    [
        new(layer.Inputs, Gates * Units, PartialSums.Count(layer.Inputs, Gates * Units), layer.Offset),
        new(Units, Gates * Units, PartialSums.Count(Units, Gates * Units), layer.Offset + RecurrentLayout.StateOffset(layer.Inputs, Units, Gates)),
    ];

    public override string Words => $"{Name}{(Bidirectional ? ", both directions" : "")}{(Options.RecurrentDropout > 0 ? $", recurrent dropout {Text.Number(Options.RecurrentDropout)}" : "")}";

    public override string Equation(string n, IReadOnlyList<string> x) => StepEquation(n, x) + (Bidirectional ? "; beside it the same from the last step to the first, with weights of their own" : "");

    public override string TrainedEquation(string n, IReadOnlyList<string> x) =>
        Equation(n, x) + (Options.RecurrentDropout > 0 ? $"; in hU{n} h ∘ mask/(1 − {Text.Number(Options.RecurrentDropout)}) takes the place of h" : "");

    /// <summary>The equation of one direction.</summary>
    protected abstract string StepEquation(string n, IReadOnlyList<string> x);

    /// <summary>What it is, of one direction.</summary>
    protected abstract string Name { get; }

    public override bool PreparesGradients => true;

    public override string PreparedGradients(string n) => $"δ{n} of both products, backward through the steps";

    public override string InputGradientEquation(string n) => $"δ{n}(W{n})ᵀ of each step";

    public override string GradientEquation(string n, string x) => $"∂L/∂W{n} = Σ {x}ᵀδ{n} and ∂L/∂U{n} = Σ hᵀδ{n} over the steps, h before each; ∂L/∂b{n} = ∂L/∂c{n} = Σδ{n}";

    public override IEnumerable<TensorSpec> TensorsFor(SampleShape input)
    {
        var rows = Gates * Units;
        for (var direction = 0; direction < Directions; direction++)
        {
            var (first, name) = (direction * RecurrentLayout.LayerLength(input.Features, Units, Gates), direction == 0 ? "" : "_reverse");
            var state = first + RecurrentLayout.StateOffset(input.Features, Units, Gates);
            yield return new("weight_ih_l0" + name, rows, input.Features, first, PanelLayout.BiasOffset(input.Features, rows));
            yield return new("weight_hh_l0" + name, rows, Units, state, PanelLayout.BiasOffset(Units, rows));
            yield return new("bias_ih_l0" + name, rows, 0, first + PanelLayout.BiasOffset(input.Features, rows), rows);
            yield return new("bias_hh_l0" + name, rows, 0, state + PanelLayout.BiasOffset(Units, rows), rows);
        }
    }

    public override string Schema(string text, SampleShape input) => SchemaText.Recurrent(Type, input.Positions, input.Features, Units, Bidirectional, Settings);

    /// <summary>The name of its entry in the architecture.</summary>
    protected virtual string Type => Library;

    /// <summary>What it is told beside its size; null where that is usual.</summary>
    protected virtual string? Settings => null;

    public override (string Type, string Value)? Shape(LayerPlan layer) =>
        ("global::GenNet.Runtime.RecurrentShape", $"new(Inputs: {layer.Inputs}, Units: {Units}, Gates: {Gates}, Steps: {layer.Input.Positions}, Parts: {PartialSums.Count(layer.Inputs, Gates * Units)}, Offset: {layer.Offset}, "
        + $"StateParts: {PartialSums.Count(Units, Gates * Units)}, StateOffset: {layer.Offset + RecurrentLayout.StateOffset(layer.Inputs, Units, Gates)}{(Bidirectional ? ", Bidirectional: true" : "")}{(Options.RecurrentDropout > 0 ? $", RecurrentDropout: {Text.Number(Options.RecurrentDropout)}" : "")})");

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.{Library}Layer(Shape{layer.Number}{More})";

    /// <summary>Whether the cell of one stream's step takes the product of the state from registers.</summary>
    public virtual bool KeepsProduct => false;

    /// <summary>Further arguments.</summary>
    public virtual string More => "";

    public override string Initialization(LayerPlan layer) => $"global::GenNet.Runtime.RecurrentInitialization.Fill(Parameters, {layer.Number - 1}, Shape{layer.Number}, seed{Ones});";

    /// <summary>Which biases start as ones.</summary>
    protected virtual string Ones => "";

    public override (string Type, string Words)? Parameters(LayerPlan layer) =>
        ("global::GenNet.RecurrentParameters", $"Weights [{Gates * Units}, {layer.Inputs}] of the inputs and [{Gates * Units}, {Units}] of the state, and biases [{Gates * Units}] of both{(Bidirectional ? ", of each direction" : "")}, of layer {layer.Number}, {Words}.");

    public override string Gradients(LayerPlan layer) => $"∂L/∂W [{Gates * Units}, {layer.Inputs}], ∂L/∂U [{Gates * Units}, {Units}] and those of both biases [{Gates * Units}] of layer {layer.Number}.";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}{More}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => ["network.Parameters", $"Shape{layer.Number}{More}"];
}
