namespace GenNet.Generator.Layers;

/// <summary>Gated recurrent units.</summary>
/// <param name="Units">Values of the state.</param>
sealed record GRUSpec(int Units) : RecurrentSpec(Units, Gates: 3)
{
    public static LayerKind Kind { get; } = new("GenNet.GRUAttribute", reader => Read(reader, "GRU", units => new GRUSpec(units))) { GoesAlongSteps = true };

    public override string Words => "GRU";

    public override string Equation(string n, IReadOnlyList<string> x) =>
        $"h of each step: r, z = σ({x[0]}W{n} + b{n} + hU{n} + c{n}), n = tanh({x[0]}W{n} + b{n} + r∘(hU{n} + c{n})), h = (1 − z)∘n + z∘h";

    public override string Library => "GRU";
}
