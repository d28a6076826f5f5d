namespace GenNet.Tests.Reference;

/// <summary>A small network that PyTorch trained with one optimiser and its options; tests/reference/make_optimizer_references.py writes them.</summary>
sealed record OptimizerReference : NetworkCase
{
    const string Folder = "optimizers/";

    /// <summary>The network after some steps.</summary>
    public required TracePoint[] Trace { get; init; }

    /// <summary>What the optimiser keeps after the last step, by PyTorch's names.</summary>
    public required Dictionary<string, Parameters> States { get; init; }

    /// <summary>All names, for <c>[MemberData]</c>.</summary>
    public static TheoryData<string> Names => new(ReferenceFile.Names(Folder));

    public static OptimizerReference[] All() => ReferenceFile.Names(Folder).Select(Load).ToArray();

    public static OptimizerReference Load(string name) => ReferenceFile.Load<OptimizerReference>(Folder, name, "make_optimizer_references.py");

    /// <param name="Step">Steps made.</param>
    /// <param name="Loss">The mean loss before the last of them.</param>
    /// <param name="Weights">For each layer [out, in], row by row.</param>
    /// <param name="Biases">For each layer [out].</param>
    public sealed record TracePoint(int Step, double Loss, double[][] Weights, double[][] Biases);
}
