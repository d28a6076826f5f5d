namespace GenNet.Generator.Layers;

/// <summary>Gated recurrent units.</summary>
/// <param name="Units">Values of the state.</param>
/// <param name="Bidirectional">Whether it goes from the last step on too.</param>
sealed record GRUSpec(int Units, bool Bidirectional) : RecurrentSpec(Units, Gates: 3, Bidirectional)
{
    public static LayerKind Kind { get; } = new("GenNet.GRUAttribute", reader => Read(reader, "GRU", units => new GRUSpec(units, reader.Flag("Bidirectional")))) { GoesAlongSteps = true };

    protected override string Name => "GRU";

    protected override string StepEquation(string n, IReadOnlyList<string> x) =>
        $"h of each step: r, z = σ({x[0]}W{n} + b{n} + hU{n} + c{n}), n = tanh({x[0]}W{n} + b{n} + r∘(hU{n} + c{n})), h = (1 − z)∘n + z∘h";

    public override string Library => "GRU";
}
