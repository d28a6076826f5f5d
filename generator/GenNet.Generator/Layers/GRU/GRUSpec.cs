namespace GenNet.Generator.Layers;

/// <summary>Gated recurrent units.</summary>
/// <param name="Units">Values of the state.</param>
/// <param name="ResetAfter">Whether the reset gate works on the state's product, else on the state before it.</param>
/// <param name="Options">What all such layers may be told.</param>
sealed record GRUSpec(int Units, bool ResetAfter, RecurrentOptions Options) : RecurrentSpec(Units, Gates: 3, Options)
{
    public static LayerKind Kind { get; } = new("GenNet.GRUAttribute", reader => Read(reader, "GRU", (units, options) => new GRUSpec(units, reader.Flag("ResetAfter", fallback: true), options))) { GoesAlongSteps = true };

    protected override string Name => ResetAfter ? "GRU" : "GRU, reset before";

    protected override string StepEquation(string n, IReadOnlyList<string> x) =>
        $"h of each step: r, z = σ({x[0]}W{n} + b{n} + hU{n} + c{n}), n = tanh({x[0]}W{n} + b{n} + {(ResetAfter ? $"r∘(hU{n} + c{n})" : $"(r∘h)U{n} + c{n}")}), h = (1 − z)∘n + z∘h";

    public override string Library => ResetAfter ? "GRU" : "ResetBeforeGRU";

    protected override string Type => "GRU";

    public override string Description(Planning.LayerPlan layer, string activation) => $"new global::GenNet.GRULayer(Shape{layer.Number}{(ResetAfter ? "" : ", resetAfter: false")})";

    protected override string? Settings => ResetAfter ? null : "reset before";

    /// <summary>A stream's step is emitted with one product of the state.</summary>
    public override bool StepsOnStack => ResetAfter;
}
