namespace GenNet.Generator.Layers;

/// <summary>Long short-term memory.</summary>
/// <param name="Units">Values of the state.</param>
/// <param name="Options">What all such layers may be told.</param>
sealed record LSTMSpec(int Units, RecurrentOptions Options) : RecurrentSpec(Units, Gates: 4, Options)
{
    public static LayerKind Kind { get; } = new("GenNet.LSTMAttribute", reader => Read(reader, "LSTM", (units, options) => new LSTMSpec(units, options))) { GoesAlongSteps = true };

    protected override string Name => "LSTM";

    protected override string StepEquation(string n, IReadOnlyList<string> x) =>
        $"h of each step: i, f, o = σ({x[0]}W{n} + b{n} + hU{n} + c{n}), g = tanh({x[0]}W{n} + b{n} + hU{n} + c{n}), cell = f∘cell + i∘g, h = o∘tanh(cell)";

    public override string Library => "LSTM";

    public override bool HasCell => true;

    // Eight vectors of the widest: as many sums as are kept in flight.
    public override bool KeepsProduct => Units == Kernels.PanelLayout.Width;

    protected override string Ones => ", gateOfOnes: 1";
}
