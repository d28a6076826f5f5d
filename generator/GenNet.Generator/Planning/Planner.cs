using GenNet.Generator.Infrastructure;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Planning;

/// <summary>Decides how a declared network is computed. Knows nothing of Roslyn.</summary>
static class Planner
{
    /// <summary>Terms of straight-line code up to which a layer is unrolled for one sample. Beyond, a loop is as fast, and its first call faster.</summary>
    public const int LayerLimit = 48;

    /// <summary>Inputs up to which straight-line code of several panels, its sums in one part or in two, waits no longer for them than a loop does.</summary>
    const int LoopLimit = 8, LoopLimitOfTwo = 24;

    /// <summary>Temporaries that straight-line code leaves the JIT in one method, estimated: over 512 it stops inlining, and much else needs some.</summary>
    public const int MethodLimit = 384;

    /// <summary>Layers whose training on one sample is compiled into one method: the JIT leaves calls to vector operations in one that has more.</summary>
    public const int SampleLimit = 3;

    /// <summary>Temporaries of a forward pass up to which it is compiled into one method with the backward pass.</summary>
    public const int StepLimit = 128;

    /// <summary>Floats of activations up to which one sample is computed on the stack: 16 KB, half of what a call may take of it.</summary>
    public const int StackLimit = 4096;

    /// <summary>Inputs and outputs up to which they have types of their own, which lie on the stack as well: 8 KB each.</summary>
    public const int ValueLimit = 2048;

    /// <param name="spec">The declaration.</param>
    /// <param name="settings">How the emitted code will be compiled.</param>
    public static NetworkPlan Create(NetworkSpec spec, CompilerSettings settings)
    {
        var layers = PlanLayers(spec);
        var steps = PlanSteps(layers, settings.Optimizes, out var values);
        var heads = PlanHeads(spec, layers, values);
        var copiesInput = steps.Exists(step => step.Sources.Contains(0) && step.Layer.Spec.ReadsPaddedRows);
        var trainsSamples = spec.Heads.Count == 0 && spec.Positions == 1 && layers.All(layer => layer.Spec.IsProduct) && steps.Sum(step => step.ActivationLength) <= StackLimit;
        Place(steps, [.. heads.Select(head => head.Value)], copiesInput ? spec.IsSequence ? spec.Shape.Features : spec.Inputs : 0, trainsSamples || spec.IsSequence);
        return new NetworkPlan(spec, new(layers), new(steps), copiesInput, trainsSamples, settings.AllowsUnsafe, new(heads), ShortNames(spec, settings));
    }

    /// <summary>The declared heads, or one of all layers.</summary>
    static HeadPlan[] PlanHeads(NetworkSpec spec, LayerPlan[] layers, int[] values)
    {
        var declared = spec.Heads.Count > 0 ? [.. spec.Heads] : new[] { new HeadSpec("", 0, spec.Loss, 1) };
        var branches = spec.Branches().Skip(spec.Heads.Count > 0 ? 1 : 0).ToList();
        var (heads, column) = (new HeadPlan[declared.Length], 0);
        for (var h = 0; h < heads.Length; h++)
        {
            var (head, last) = (declared[h], layers[branches[h].End - 1]);

            // Softmax that is not the last layer's stands before a flatten that is.
            var scored = Array.Find(layers, layer => layer.Number > head.First && layer.Number < last.Number && layer.DeclaredActivation == "Softmax") ?? last;
            var output = scored.DeclaredActivation;
            var loss = head.Loss == "Default" ? ProbabilityLosses.DefaultAfter(output) : head.Loss;
            heads[h] = new(head.Name, head.First + 1, last, scored, values[last.Number], column, loss, head.Weight, LossHead.For(loss, output, scored.Outputs));
            column += last.Outputs;
        }
        return heads;
    }

    /// <summary>Within a namespace an alias comes before all others. In a file without one it must not be given twice.</summary>
    static bool ShortNames(NetworkSpec spec, CompilerSettings settings) =>
        spec.Namespace is not null || !settings.GlobalAliases.Any(Emission.NamespaceAliases.Names.Contains);

    static LayerPlan[] PlanLayers(NetworkSpec spec)
    {
        var layers = new LayerPlan[spec.Layers.Count];
        var (inputs, offset) = (spec.InputShapes(), 0);
        foreach (var (_, start, end) in spec.Branches())
            for (var l = start; l < end; l++)
            {
                var (layer, input, first) = (spec.Layers[l], inputs[l], start + 1);
                var sources = layer.Sources(Branches.PlaceOf(l + 1, spec.TrunkLength, first)).Select(place => Branches.NumberAt(place, spec.TrunkLength, first));
                layers[l] = new LayerPlan(l + 1, layer, sources.ToEquatableArray(), input, layer.OutputFor(input), InitializedFor(spec, l, end), layer.PartsFor(input.Features), offset, 0);
                offset += layers[l].TrainedLength;
            }
        // Running statistics are not trained and lie behind what is.
        for (var l = 0; l < layers.Length; l++)
            if (layers[l].StatisticsLength > 0)
            {
                layers[l] = layers[l] with { StatisticsOffset = offset };
                offset += layers[l].StatisticsLength;
            }
        return layers;
    }

    /// <summary>The activation that a layer's initial weights suit: its own, or that of the normalisation behind it.</summary>
    static string InitializedFor(NetworkSpec spec, int layer, int end) =>
        spec.Layers[layer].Activation == "Identity" && layer + 1 < end && spec.Layers[layer + 1].IsNormalization
            ? spec.Layers[layer + 1].Activation
            : spec.Layers[layer].Activation;

    /// <param name="layers">The layers.</param>
    /// <param name="optimize">Whether code is optimised, so that unrolling pays.</param>
    /// <param name="values">Which activations hold the values of each layer: a dropout's are those of the layer below.</param>
    static List<StepPlan> PlanSteps(LayerPlan[] layers, bool optimize, out int[] values)
    {
        values = new int[layers.Length + 1];
        var held = values;
        var steps = new List<StepPlan>();
        var temporaries = 0;
        for (var l = 0; l < layers.Length; l++)
        {
            var layer = layers[l];
            values[layer.Number] = layer.Number;
            if (layer.Spec.OnlyTrains)
            {
                values[layer.Number] = values[layer.Sources[0]];
                continue;
            }
            var result = l + 1 < layers.Length && FoldsInto(layer, layers[l + 1], layers) ? layers[++l] : layer;
            values[result.Number] = result.Number;
            var unrolls = layer.Spec.Products(layer).Select(product => optimize && Unrolls(product, result.Activation, ref temporaries)).ToEquatableArray();
            steps.Add(new StepPlan(layer, result, layer.Sources.Select(source => held[source]).ToEquatableArray(), 0, 0, unrolls));
        }
        return steps;
    }

    /// <summary>Whether a product becomes straight-line code of a method that has so many temporaries already.</summary>
    static bool Unrolls(ProductPlan product, string activation, ref int temporaries)
    {
        var more = Temporaries(product, activation);
        var panels = Math.Min(product.WholePanels, 1) + (product.WholePanels * PanelLayout.Width < product.Outputs ? 1 : 0);
        // Of several panels a loop keeps eight vectors of sums in flight, and straight-line code two of each part. Sums in two parts fill a loop only from two panels at a time.
        var waits = product.WholePanels > 1 && product.Parts switch
        {
            1 => product.Inputs > LoopLimit,
            2 => product.WholePanels % 2 == 0 && product.Inputs > LoopLimitOfTwo,
            _ => false,
        };
        if (waits || product.Inputs * panels > LayerLimit || temporaries + more > MethodLimit)
            return false;
        temporaries += more;
        return true;
    }

    public static int Temporaries(IEnumerable<StepPlan> steps) => steps.Sum(step => Temporaries(step.Layer.Product, step.Activation));

    /// <summary>Temporaries that an unrolled layer leaves: measured, as those up to which nothing remained a call.</summary>
    static int Temporaries(ProductPlan layer, string activation)
    {
        const int OneVector = 4, TwoVectors = 5;
        var cost = ActivationCost.Of(activation);
        var sum = 0;
        for (var first = Math.Max(0, layer.WholePanels - 1) * PanelLayout.Width; first < layer.Outputs; first += PanelLayout.Width)
            sum += PanelLayout.PanelWidth(layer.Outputs, first) == PanelLayout.Width
                ? TwoVectors * layer.Inputs + (cost.IsShort ? 2 : 1) * cost.Temporaries
                : OneVector * layer.Inputs + cost.Temporaries;
        return sum;
    }

    /// <summary>Whether a batch normalisation becomes part of the layer before it: no activation stands between, and nothing else reads that layer.</summary>
    static bool FoldsInto(LayerPlan layer, LayerPlan next, LayerPlan[] layers) =>
        layer.Spec is { TakesNormalization: true, Activation: "Identity" } && next.Spec.NormalizesBatch
        && layers.Where(other => other.Sources.Contains(layer.Number)).Select(other => other.Number).SequenceEqual([next.Number]);

    /// <summary>Gives each step's activations a place on the stack, and in a batch a slot of the workspace.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="results">The numbers of the steps that compute outputs.</param>
    /// <param name="copied">Inputs that are copied, which take a place as well.</param>
    /// <param name="keepsAll">Whether none may take the place of others: they are read once more, to train on one sample, or what passes a step on lies where it was.</param>
    static void Place(List<StepPlan> steps, int[] results, int copied, bool keepsAll)
    {
        // Steps count from 1, which is not the number of their layer where others are folded or left out.
        var value = new Dictionary<int, int> { [0] = 0 };
        for (var s = 0; s < steps.Count; s++)
            value[steps[s].Number] = s + 1;
        var sources = steps.ConvertAll(step => step.Sources.Select(source => value[source]).ToArray());
        int[] lengths = [PanelLayout.RoundUp(copied, PanelLayout.Line), .. steps.Select(step => step.ActivationLength)];
        int[] outputs = [.. results.Select(result => value[result])];
        var offsets = Liveness.Places(sources, lengths, keepsAll ? [.. Enumerable.Range(1, steps.Count)] : outputs);
        var slots = Liveness.Places(sources, [.. lengths.Select(length => Math.Min(length, 1))], outputs);
        for (var s = 0; s < steps.Count; s++)
        {
            var place = keepsAll && steps[s].Layer.Spec.PassesSteps ? sources[s][0] : s + 1;
            steps[s] = steps[s] with { ActivationOffset = place > 0 && place <= s ? steps[place - 1].ActivationOffset : offsets[place], Slot = slots[s + 1] };
        }
    }
}
