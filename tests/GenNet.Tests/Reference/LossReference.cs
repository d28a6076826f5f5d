namespace GenNet.Tests.Reference;

/// <summary>The loss of one dense layer, weighted and smoothed, as PyTorch computed it in double precision; tests/reference/make_loss_references.py writes them.</summary>
sealed record LossReference
{
    const string Folder = "losses/";

    /// <summary>The attribute that declares the network.</summary>
    public required string Source { get; init; }

    public required double Smoothing { get; init; }

    public required float[] ClassWeights { get; init; }

    public required float[] SampleWeights { get; init; }

    public required float[] Inputs { get; init; }

    public required int[] Labels { get; init; }

    public required float[] Weights { get; init; }

    public required float[] Biases { get; init; }

    public required double Loss { get; init; }

    public required double[] WeightGradient { get; init; }

    public required double[] BiasGradient { get; init; }

    public static TheoryData<string> Names => new(ReferenceFile.Names(Folder));

    public static LossReference Load(string name) => ReferenceFile.Load<LossReference>(Folder, name, "make_loss_references.py");

    public static IEnumerable<string> SortedNames() => ReferenceFile.Names(Folder);
}
