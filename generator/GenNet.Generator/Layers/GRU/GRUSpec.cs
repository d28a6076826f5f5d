namespace GenNet.Generator.Layers;

/// <summary>Gated recurrent units.</summary>
/// <param name="Units">Values of the state.</param>
/// <param name="Options">What all such layers may be told.</param>
sealed record GRUSpec(int Units, RecurrentOptions Options) : RecurrentSpec(Units, Gates: 3, Options)
{
    public static LayerKind Kind { get; } = new("GenNet.GRUAttribute", reader => Read(reader, "GRU", (units, options) => new GRUSpec(units, options))) { GoesAlongSteps = true };

    protected override string Name => "GRU";

    protected override string StepEquation(string n, IReadOnlyList<string> x) =>
        $"h of each step: r, z = σ({x[0]}W{n} + b{n} + hU{n} + c{n}), n = tanh({x[0]}W{n} + b{n} + r∘(hU{n} + c{n})), h = (1 − z)∘n + z∘h";

    public override string Library => "GRU";
}
