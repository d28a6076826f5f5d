namespace GenNet.Tests.Reference;

/// <summary>Samples from which PyTorch learnt by deep Q-learning; tests/reference/make_dqn_references.py writes them.</summary>
sealed record DqnReference
{
    const string Folder = "dqn/";

    /// <summary>Whether the network chooses the action that the target network judges.</summary>
    public required bool Double { get; init; }

    public required bool Masked { get; init; }

    public required double MaxGradNorm { get; init; }

    /// <summary>The weights at first.</summary>
    public required float[] Start { get; init; }

    /// <summary>The weights of the target network.</summary>
    public required float[] Target { get; init; }

    public required float[] Observations { get; init; }

    public required float[] Following { get; init; }

    public required float[] Rewards { get; init; }

    public required int[] Actions { get; init; }

    public required float[] Discounts { get; init; }

    public required float[] Masks { get; init; }

    public required Update[] Trace { get; init; }

    public static TheoryData<string> Names => new(ReferenceFile.Names(Folder));

    public static DqnReference Load(string name) => ReferenceFile.Load<DqnReference>(Folder, name, "make_dqn_references.py");

    /// <param name="Rows">The samples.</param>
    /// <param name="Weights">What each counts.</param>
    /// <param name="Loss">The mean loss.</param>
    /// <param name="Gradients">Before they are clipped.</param>
    /// <param name="Parameters">The weights after the update.</param>
    public sealed record Update(int[] Rows, float[] Weights, double Loss, double[] Gradients, double[] Parameters);
}
