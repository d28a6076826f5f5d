namespace GenNet.Tests.Reference;

/// <summary>A random network with a second head on some of its layers.</summary>
/// <param name="Layers">The attributes of all layers and heads.</param>
/// <param name="Loss">The second head's loss.</param>
/// <param name="Outputs">Its outputs.</param>
sealed record SecondHead(List<string> Layers, Loss Loss, int Outputs)
{
    static readonly Loss[] Losses = [Loss.MeanSquaredError, Loss.CrossEntropy, Loss.BinaryCrossEntropy, Loss.Huber];

    /// <param name="random">Where choices come from.</param>
    /// <param name="layers">The attributes of the network's layers.</param>
    /// <param name="widths">What each takes and the last gives, at each step.</param>
    /// <param name="steps">Steps of a sample.</param>
    /// <param name="image">The image or sequence that they are, where windows go over it.</param>
    /// <param name="loss">The network's loss.</param>
    public static SecondHead Create(ref RandomStream random, List<string> layers, List<int> widths, int steps, RandomImage? image, Loss loss)
    {
        var isImage = image is not null;
        var trunk = 1 + random.NextInt32(layers.Count - 1);
        var flattened = layers.Take(trunk).Any(layer => layer is "[Flatten]" or "[LastStep]" || layer.StartsWith("[Global", StringComparison.Ordinal));
        var (width, ofHead) = (widths[trunk], new List<string>());

        // A row of an image has an order of its own until a dense layer mixes it.
        var isRowOfImage = isImage && layers.LastIndexOf("[Flatten]", trunk - 1) is >= 0 and var flatten && !layers.Take(trunk).Skip(flatten).Any(layer => layer.StartsWith("[Dense", StringComparison.Ordinal));
        if (isImage && !flattened)
            ofHead.Add($"[Conv{(image!.IsAlongSteps ? "1D" : "2D")}(3, 1, Activation.Tanh)]");
        var (lossOfHead, outputs) = (Losses[random.NextInt32(Losses.Length)], 2 + random.NextInt32(20));
        switch (random.NextInt32(4))
        {
            case 0 when width > 1:
                ofHead.Add("[LayerNorm(Activation.Tanh)]");
                break;
            case 1:
                ofHead.Add("[Dense(7, Activation.SiLU)]");
                break;
            case 2 when width > 0 && !isRowOfImage:
                // Around the head's start, into the trunk.
                ofHead.AddRange([$"[Dense({width}, Activation.Tanh)]", "[Residual(1, Activation.Tanh)]"]);
                break;
        }
        if ((steps > 1 || isImage) && !flattened)
            ofHead.Add("[Flatten]");
        ofHead.Add($"[Dense({outputs}{(lossOfHead == Loss.CrossEntropy && random.NextInt32(2) == 0 ? ", Activation.Softmax" : "")})]");
        string[] heads = [$"[Head(\"First\", Loss = Loss.{loss}, Weight = 0.5)]", $"[Head(\"Second\", Loss = Loss.{lossOfHead}, Weight = 2)]"];
        return new([.. layers.Take(trunk), heads[0], .. layers.Skip(trunk), heads[1], .. ofHead], lossOfHead, outputs);
    }
}
