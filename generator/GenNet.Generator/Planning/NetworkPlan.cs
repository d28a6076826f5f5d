using GenNet.Generator.Infrastructure;
using GenNet.Generator.Layers;
using GenNet.Generator.Specification;
using GenNet.Generator.Weights;

namespace GenNet.Generator.Planning;

/// <summary>Everything that emission needs to know: the declaration, and what follows from it.</summary>
/// <param name="Spec">The declaration.</param>
/// <param name="Layers">The layers as they are trained, in order.</param>
/// <param name="Steps">The layers as inference computes them, in order.</param>
/// <param name="CopiesInput">Whether inference copies the inputs to padded memory, because a step reads whole vectors of them.</param>
/// <param name="TrainsSamples">Whether a training step on one sample has a way of its own: forward as in inference, which keeps all activations for it, then each layer changed at once.</param>
/// <param name="LeavesStack">Whether the stack need not be cleared before activations are written to it.</param>
/// <param name="Heads">The ends of the network, in the order of their outputs: one without a name where none is declared.</param>
/// <param name="ShortNames">Whether namespaces get short names in the emitted file.</param>
/// <param name="Weights">The weights to compile in, where they fit.</param>
sealed record NetworkPlan(
    NetworkSpec Spec,
    EquatableArray<LayerPlan> Layers,
    EquatableArray<StepPlan> Steps,
    bool CopiesInput,
    bool TrainsSamples,
    bool LeavesStack,
    EquatableArray<HeadPlan> Heads,
    bool ShortNames = true,
    WeightsMatch? Weights = null)
{
    public int Inputs => Spec.Inputs;

    public int Outputs => Heads.Sum(head => head.Layer.Outputs);

    /// <summary>Whether all outputs are probabilities.</summary>
    public bool Softmax => Heads.All(head => head.Softmax);

    /// <summary>Labels of a sample.</summary>
    public int LabelSize => Heads[0].ScoresPositions ? Heads[0].Scored.Output.Positions : 1;

    /// <summary>How loss and δ are computed where there is one head.</summary>
    public LossHead Head => Heads[0].Head;

    /// <summary>Whether its author declared heads, be it one: they have names, and the layers before them are the trunk.</summary>
    public bool DeclaresHeads => Spec.Heads.Count > 0;

    /// <summary>The losses, their defaults worked out: <c>CrossEntropy + 0.5 × MeanSquaredError</c>.</summary>
    public string Loss => string.Join(" + ", Heads.Select(head => head.Weighted(TypeNames.Short(head.Loss))));

    /// <summary>The same in words.</summary>
    public string LossName => string.Join(" + ", Heads.Select(head => head.Weighted(TypeNames.Words(head.Loss))));

    /// <summary>What is said of a layer in words, with the head that it belongs to.</summary>
    public string WithHead(LayerPlan layer, string words) =>
        DeclaresHeads && Heads.LastOrDefault(head => head.First <= layer.Number) is { Name: var name } ? $"{words.TrimEnd('.')}, of the head {name}." : words;

    public int Parameters => Layers.Sum(layer => layer.Parameters);

    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Floats of the trained parameters, padding included.</summary>
    public int TrainedLength => Layers.Sum(layer => layer.TrainedLength);

    /// <summary>Floats of all parameters: running statistics follow those that are trained.</summary>
    public int BlockLength => TrainedLength + Layers.Sum(layer => layer.StatisticsLength);

    /// <summary>Floats that the activations of one sample take, each layer's padded to cache lines.</summary>
    public int ActivationLength => Steps.Max(step => step.ActivationEnd);

    /// <summary>Whether activations of one sample lie where others did that nobody reads any more.</summary>
    public bool SharesActivations => Enumerable.Range(1, Steps.Count - 1).Any(step => Steps[step].ActivationOffset < Steps[step - 1].ActivationEnd);

    /// <summary>Whether one sample is computed as a batch of one: too large for the stack, or one row for each of its positions.</summary>
    public bool IsBatchOfOne => Spec.Shape.Positions > 1 || Spec.Shape.HasNeighbours || TakesIndices || ActivationLength > Planner.StackLimit;

    /// <summary>Whether some features are indices.</summary>
    public bool TakesIndices => Layers[0].Spec.TakesIndex;

    /// <summary>Whether a layer is trained on one sample by code that is compiled for its shape.</summary>
    public bool Inlines(LayerPlan layer) => TrainsSamples && Steps[layer.Number - 1].Unrolled && layer.Outputs <= Kernels.PanelLayout.Width && layer.Number <= Planner.SampleLimit;

    /// <summary>Whether a layer's δ is also in a register, as far as it is one vector: written to memory and read again, it would be waited for.</summary>
    public bool DeltaInRegister(LayerPlan layer) =>
        Inlines(layer) && (layer.Number == Layers.Count ? Head.IsElementwise && layer.Outputs <= 4 : Inlines(Layers[layer.Number]));

    /// <summary>Whether the forward pass of a step on one sample is compiled into the method of its backward pass, and leaves the outputs in a register.</summary>
    public bool StepsInOneMethod => Layers.All(Inlines) && DeltaInRegister(Layers[Layers.Count - 1]) && Planner.Temporaries(Steps) <= Planner.StepLimit;

    /// <summary>The first layer that needs the whole sequence, and why; null where there is none.</summary>
    public (LayerPlan Layer, string Why)? NotByStep => Paces(out _);

    /// <summary>With which steps of a stream outputs come.</summary>
    public StreamPace OutputPace
    {
        get
        {
            Paces(out var paces);
            return paces[Layers.Count];
        }
    }

    /// <summary>Whether there are outputs of every step.</summary>
    public bool AnswersEachStep => OutputPace == StreamPace.Each;

    /// <summary>When each layer's values come, by its number.</summary>
    /// <returns>The first layer of which they never do, and why.</returns>
    (LayerPlan Layer, string Why)? Paces(out StreamPace[] paces)
    {
        var known = new StreamPace[Layers.Count + 1];
        paces = known;
        known[0] = StreamPace.Each;
        foreach (var layer in Layers)
        {
            var spec = layer.Spec;
            var goes = Heads.Count == 1 && layer.Number == Layers.Count ? spec.EndsStepByStep : spec.GoesStepByStep;
            if (goes && layer.StateLength > NetworkParser.MaxImage)
                return (layer, "would have to remember too much");
            if (!goes || spec.PaceOf([.. layer.Sources.Select(source => known[source])]) is not { } pace)
                return (layer, spec.WhyNotByStep);
            if (DeclaresHeads && layer.Number > Spec.TrunkLength && pace != known[layer.Sources[0]])
                return (layer, "has values with other steps than the layer below it, and heads answer together");
            known[layer.Number] = pace;
        }
        return null;
    }

    /// <summary>Outputs of one step of a stream.</summary>
    public int StepOutputs => Heads.Count == 1 ? Heads[0].Layer.Spec.StepOutputs(Heads[0].Layer) : Outputs;

    /// <summary>Whether the steps of a sequence may come one by one.</summary>
    public bool GoesStepByStep => Spec.IsSequence && NotByStep is null;

    /// <summary>Whether emitted code computes a step of one stream with its activations on the stack.</summary>
    public bool StepsOnStack => GoesStepByStep && StepLength <= Planner.StackLimit && Steps.All(step => step.Layer.Spec.StepsOnStack && !(step.Layer.Spec.PassesSteps && step.Sources[0] == 0));

    /// <summary>Floats that it takes: the activations, and behind them what the gates of a layer get of the step and of the state.</summary>
    public int StepLength => ActivationLength + 2 * GatesLength;

    /// <summary>Floats of what the gates of a layer get.</summary>
    public int GatesLength => Layers.Max(layer => layer.Spec.GatesLength);

    /// <summary>Floats that a stream's state has.</summary>
    public int StateSize => Layers.Sum(layer => layer.StateLength);

    /// <summary>Whether inference needs parameters of its own, with the statistics of batch normalisation folded in.</summary>
    public bool Folds => Layers.Any(layer => layer.Spec.NormalizesBatch);
}

/// <summary>An end of a network.</summary>
/// <param name="Name">Its name, or nothing.</param>
/// <param name="First">The number of its first layer.</param>
/// <param name="Layer">Its last layer.</param>
/// <param name="Scored">The layer of whose rows the loss is: the last, or the one below a flatten behind softmax, which makes classes of each position.</param>
/// <param name="Value">The number of the step that computes its outputs.</param>
/// <param name="Column">The first of its outputs among the network's.</param>
/// <param name="Loss">The loss, the default worked out.</param>
/// <param name="Weight">What the loss is multiplied by.</param>
/// <param name="Head">How loss and δ are computed.</param>
sealed record HeadPlan(string Name, int First, LayerPlan Layer, LayerPlan Scored, int Value, int Column, string Loss, double Weight, LossHead Head)
{
    /// <summary>Whether its outputs are softmax's.</summary>
    public bool Softmax => Scored.DeclaredActivation == "Softmax";

    /// <summary>Whether each position has a softmax, and a label, of its own.</summary>
    public bool ScoresPositions => Scored != Layer;

    public string Weighted(string loss) => Weight == 1 ? loss : $"{Emission.Text.Number(Weight)} × {loss}";
}

/// <summary>One layer as it is trained.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Spec">Its declaration.</param>
/// <param name="Sources">The numbers of the layers whose values it takes; 0 for the inputs.</param>
/// <param name="Input">What it takes of a sample.</param>
/// <param name="Output">What it gives.</param>
/// <param name="InitializedFor">The activation that its initial weights suit, where it declares no initialiser.</param>
/// <param name="Parts">Partial sums of each z of a dense layer.</param>
/// <param name="Offset">Where its parameters start.</param>
/// <param name="StatisticsOffset">Where the running statistics of a batch normalisation start.</param>
sealed record LayerPlan(int Number, LayerSpec Spec, EquatableArray<int> Sources, SampleShape Input, SampleShape Output, string InitializedFor, int Parts, int Offset, int StatisticsOffset)
{
    public string DeclaredActivation => Spec.Activation;

    /// <summary>Its inputs, at each position.</summary>
    public int Inputs => Input.Features;

    /// <summary>Its outputs, at each position.</summary>
    public int Outputs => Output.Features;

    /// <summary>As in <c>784 → 128</c>.</summary>
    public string Shapes => $"{Input} → {Output}";

    /// <summary>The activation computed value by value: identity for a softmax layer, whose softmax is computed over the row afterwards.</summary>
    public string Activation => Spec.Activation == "Softmax" ? "Identity" : Spec.Activation;

    /// <summary>What says that the row it takes was made of an image's pixels.</summary>
    public string PixelsText => Input.Pixels > 1 ? $" {{ Pixels = {Emission.Text.Number(Input.Pixels)} }}" : "";

    public int Parameters => (int)Spec.ParametersFor(Inputs);

    public long MultiplyAdds => Output.Positions * Spec.MultiplyAddsFor(Inputs);

    /// <summary>Its product, where it is one.</summary>
    public ProductPlan Product => new(Inputs, Outputs, Parts, Offset);

    public int PaddedOutputs => Kernels.PanelLayout.PaddedOutputs(Outputs);

    public int BiasOffset => Offset + Kernels.PanelLayout.BiasOffset(Inputs, Outputs);

    /// <summary>Floats of its trained parameters, padding included.</summary>
    public int TrainedLength => Spec.TrainedLengthFor(Inputs);

    /// <summary>Floats that it remembers of a stream.</summary>
    public int StateLength => Spec.StateLengthFor(Inputs);

    /// <summary>Floats of its running statistics.</summary>
    public int StatisticsLength => Spec.StatisticsLengthFor(Inputs);
}

/// <summary>b + xW.</summary>
/// <param name="Inputs">Elements of x.</param>
/// <param name="Outputs">Its sums.</param>
/// <param name="Parts">Partial sums that each is made of.</param>
/// <param name="Offset">Where the weights start, behind which the biases are.</param>
readonly record struct ProductPlan(int Inputs, int Outputs, int Parts, int Offset)
{
    public int BiasOffset => Offset + Kernels.PanelLayout.BiasOffset(Inputs, Outputs);

    /// <summary>The value of its shape.</summary>
    public string Shape => $"new(Inputs: {Inputs}, Outputs: {Outputs}, Parts: {Parts}, Offset: {Offset})";

    /// <summary>Panels of the whole width.</summary>
    public int WholePanels => Kernels.PanelLayout.PaddedOutputs(Outputs) / Kernels.PanelLayout.Width;
}

/// <summary>One layer as inference computes it, with what is folded into it.</summary>
/// <param name="Layer">The layer that is computed.</param>
/// <param name="Result">The layer whose activations come out: the batch normalisation folded into <paramref name="Layer"/>, or the layer itself.</param>
/// <param name="Sources">The numbers of the activations it reads; 0 for the inputs.</param>
/// <param name="ActivationOffset">Where its activations of one sample start.</param>
/// <param name="Slot">The slot of the workspace that holds its activations of a batch.</param>
/// <param name="Unrolls">Which of its products one sample is computed by straight-line code of, not by a loop in the library.</param>
sealed record StepPlan(LayerPlan Layer, LayerPlan Result, EquatableArray<int> Sources, int ActivationOffset, int Slot, EquatableArray<bool> Unrolls)
{
    /// <summary>Whether all of it is straight-line code.</summary>
    public bool Unrolled => Unrolls.Count > 0 && Unrolls.All(unrolls => unrolls);

    public int Number => Result.Number;

    public string Activation => Result.Activation;

    public bool Folded => Layer != Result;

    /// <summary>Floats of its activations of one sample, padded to cache lines.</summary>
    public int ActivationLength => Kernels.PanelLayout.RowLength(Layer.Outputs);

    public int ActivationEnd => ActivationOffset + ActivationLength;
}
