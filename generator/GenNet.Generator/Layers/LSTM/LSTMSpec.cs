namespace GenNet.Generator.Layers;

/// <summary>Long short-term memory.</summary>
/// <param name="Units">Values of the state.</param>
sealed record LSTMSpec(int Units) : RecurrentSpec(Units, Gates: 4)
{
    public static LayerKind Kind { get; } = new("GenNet.LSTMAttribute", reader => Read(reader, "LSTM", units => new LSTMSpec(units))) { GoesAlongSteps = true };

    public override string Words => "LSTM";

    public override string Equation(string n, IReadOnlyList<string> x) =>
        $"h of each step: i, f, o = σ({x[0]}W{n} + b{n} + hU{n} + c{n}), g = tanh({x[0]}W{n} + b{n} + hU{n} + c{n}), cell = f∘cell + i∘g, h = o∘tanh(cell)";

    public override string Library => "LSTM";

    public override bool HasCell => true;

    protected override string Ones => ", gateOfOnes: 1";
}
