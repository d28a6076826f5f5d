namespace GenNet.Tests.Reference;

/// <summary>A network that PyTorch ran and trained in double precision; tests/reference/make_references.py writes them.</summary>
sealed record TorchReference : NetworkCase
{
    const string Folder = "torch/";

    /// <summary>[samples, outputs] with the initial weights, row by row.</summary>
    public required double[] Outputs { get; init; }

    /// <summary>The mean loss before each step of training.</summary>
    public required double[] Losses { get; init; }

    /// <summary>The gradients with the initial weights, for each layer [out, in].</summary>
    public required double[][] WeightGradients { get; init; }

    /// <summary>The gradients with the initial weights, for each layer [out].</summary>
    public required double[][] BiasGradients { get; init; }

    /// <summary>The weights after the last step.</summary>
    public required double[][] FinalWeights { get; init; }

    /// <summary>The biases after the last step.</summary>
    public required double[][] FinalBiases { get; init; }

    /// <summary>All names, for <c>[MemberData(nameof(TorchReference.Names), MemberType = typeof(TorchReference))]</c>.</summary>
    public static TheoryData<string> Names => new(ReferenceFile.Names(Folder));

    public static TorchReference[] All() => ReferenceFile.Names(Folder).Select(Load).ToArray();

    public static TorchReference Load(string name) => ReferenceFile.Load<TorchReference>(Folder, name, "make_references.py");
}
