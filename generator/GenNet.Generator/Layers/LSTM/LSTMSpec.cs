namespace GenNet.Generator.Layers;

/// <summary>Long short-term memory.</summary>
/// <param name="Units">Values of the state.</param>
/// <param name="Bidirectional">Whether it goes from the last step on too.</param>
sealed record LSTMSpec(int Units, bool Bidirectional) : RecurrentSpec(Units, Gates: 4, Bidirectional)
{
    public static LayerKind Kind { get; } = new("GenNet.LSTMAttribute", reader => Read(reader, "LSTM", units => new LSTMSpec(units, reader.Flag("Bidirectional")))) { GoesAlongSteps = true };

    protected override string Name => "LSTM";

    protected override string StepEquation(string n, IReadOnlyList<string> x) =>
        $"h of each step: i, f, o = σ({x[0]}W{n} + b{n} + hU{n} + c{n}), g = tanh({x[0]}W{n} + b{n} + hU{n} + c{n}), cell = f∘cell + i∘g, h = o∘tanh(cell)";

    public override string Library => "LSTM";

    public override bool HasCell => true;

    protected override string Ones => ", gateOfOnes: 1";
}
