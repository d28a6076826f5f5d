namespace GenNet.Tests.Reference;

/// <summary>A network of any kind of layer that PyTorch ran and trained in double precision; the script of its kind in tests/reference/layers writes them. Tensors go by PyTorch's names.</summary>
sealed record LayerReference
{
    const string Folder = "layers/";

    public required string Name { get; init; }

    /// <summary>The attributes that declare the network.</summary>
    public required string Source { get; init; }

    /// <summary>Sgd, or Adam with ε = 0.001.</summary>
    public required string Optimizer { get; init; }

    public required double LearningRate { get; init; }

    public required float[] Inputs { get; init; }

    public int[]? Labels { get; init; }

    public float[]? Targets { get; init; }

    public required Dictionary<string, float[]> Initial { get; init; }

    /// <summary>Inference with the initial weights.</summary>
    public required double[] Outputs { get; init; }

    /// <summary>The loss before each step.</summary>
    public required double[] Losses { get; init; }

    /// <summary>The gradients of the first step.</summary>
    public required Dictionary<string, double[]> Gradients { get; init; }

    public required Dictionary<string, double[]> After1 { get; init; }

    public required Dictionary<string, double[]> After2 { get; init; }

    public required Dictionary<string, double[]> After10 { get; init; }

    /// <summary>The inputs' gradients of the first step.</summary>
    public required double[] InputGradients { get; init; }

    /// <summary>∂L/∂a of a loss that is computed outside.</summary>
    public required float[] OutputGradients { get; init; }

    /// <summary>What that makes of a batch in training.</summary>
    public required double[] OutsideTrainingOutputs { get; init; }

    public required double[] OutsideTrainingInputs { get; init; }

    public required Dictionary<string, double[]> OutsideTrainingGradients { get; init; }

    /// <summary>The same in inference: no dropout, running statistics.</summary>
    public required double[] OutsideInferenceOutputs { get; init; }

    public required double[] OutsideInferenceInputs { get; init; }

    public required Dictionary<string, double[]> OutsideInferenceGradients { get; init; }

    /// <summary>After two steps in which every second layer that has parameters is frozen, from the first on, with its statistics.</summary>
    public required Dictionary<string, double[]> FrozenAfter2 { get; init; }

    /// <summary>Inference after ten steps.</summary>
    public required double[] TrainedOutputs { get; init; }

    public static TheoryData<string> Names => new(SortedNames());

    public static LayerReference Load(string name) => ReferenceFile.Load<LayerReference>(Folder, name, "layers/<kind>.py");

    public static IEnumerable<string> SortedNames() => ReferenceFile.Names(Folder);
}
