namespace GenNet.Generator.Layers;

/// <summary>A simple recurrent layer.</summary>
/// <param name="Units">Values of the state.</param>
/// <param name="Nonlinearity">A member of <c>Nonlinearity</c>.</param>
/// <param name="Options">What all such layers may be told.</param>
sealed record SimpleRNNSpec(int Units, string Nonlinearity, RecurrentOptions Options) : RecurrentSpec(Units, Gates: 1, Options)
{
    public static LayerKind Kind { get; } = new("GenNet.SimpleRNNAttribute", reader => Read(reader, "SimpleRNN", (units, options) => new SimpleRNNSpec(units, reader.Member("Nonlinearity", Usual), options))) { GoesAlongSteps = true };

    const string Usual = "Tanh";

    protected override string Name => Nonlinearity == Usual ? "simple RNN" : $"simple RNN, {Emission.Text.Words(Nonlinearity)}";

    protected override string StepEquation(string n, IReadOnlyList<string> x) => $"h of each step = {Emission.Text.Words(Nonlinearity)}({x[0]}W{n} + b{n} + hU{n} + c{n})";

    public override string Library => "SimpleRNN";

    public override string More => $", global::GenNet.Nonlinearity.{Nonlinearity}";

    protected override string? Settings => Nonlinearity == Usual ? null : Nonlinearity;
}
