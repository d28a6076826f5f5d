using GenNet.Generator.Layers;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;

namespace GenNet.Tests.Generation;

/// <summary>Which activations share memory.</summary>
public class LivenessTests
{
    static IEnumerable<(int Seed, GraphMemory Graph)> Graphs => Enumerable.Range(0, 500).Select(seed => (seed, GraphMemory.Random(new Random(seed))));

    static int[] Places(GraphMemory graph) => Liveness.Places(graph.Sources, graph.Lengths, graph.Outputs);

    [Fact]
    public void What_is_still_read_is_never_written_over() =>
        Assert.All(Graphs, graph => Assert.Null(graph.Graph.Fault(Places(graph.Graph))));

    /// <summary>Each place is the lowest that is free: what nobody reads any more gives its place away at once.</summary>
    [Fact]
    public void No_value_could_lie_lower() => Assert.All(Graphs, drawn =>
    {
        var graph = drawn.Graph;
        var places = Places(graph);
        for (var value = 0; value < places.Length; value++)
        {
            var taken = graph.BesideWhich(value).SelectMany(other => Enumerable.Range(places[other], graph.Lengths[other])).ToHashSet();
            var lowest = Enumerable.Range(0, int.MaxValue).First(start => !Enumerable.Range(start, graph.Lengths[value]).Any(taken.Contains));
            Assert.Equal(lowest, places[value]);
        }
    });

    /// <summary>The check above sees a value in the place of any other that is still read, be it by a float.</summary>
    [Fact]
    public void A_value_in_the_place_of_another_is_seen()
    {
        var planted = 0;
        foreach (var (_, graph) in Graphs)
            for (var value = 1; value <= graph.Sources.Length; value++)
                foreach (var other in graph.BesideWhich(value))
                {
                    var places = Places(graph);
                    places[value] = places[other] + graph.Lengths[other] - 1;
                    Assert.NotNull(graph.Fault(places));
                    planted++;
                }
        Assert.InRange(planted, 1000, int.MaxValue);
    }

    [Fact]
    public void Two_heads_on_a_trunk_are_both_kept_to_the_end()
    {
        // 1 and 2 are the trunk, 3 and 4 one head, 5 and 6 the other; 2 is read by both.
        int[][] sources = [[0], [1], [2], [3], [2], [5]];
        Assert.Equal([1, 2, 5, 4, 7, 6, 7], Liveness.LastReads(sources, [4, 6]));
        var slots = Liveness.Places(sources, [0, 1, 1, 1, 1, 1, 1], [4, 6]);
        Assert.Equal([0, 0, 1, 0, 2, 0, 1], slots);
    }

    [Fact]
    public void Layers_take_turns_on_the_stack_and_in_the_workspace() => Assert.All(Enumerable.Range(0, 300), seed =>
    {
        var plan = RandomPlan(new Random(seed));
        var steps = plan.Steps.ToList();
        var sources = steps.Select(step => step.Sources.Select(source => steps.FindIndex(other => other.Number == source) + 1).ToArray()).ToArray();
        int[] outputs = plan.TrainsSamples ? [.. Enumerable.Range(1, steps.Count)] : [steps.Count];
        int[] lengths = [plan.CopiesInput ? plan.Inputs : 0, .. steps.Select(step => step.ActivationLength)];

        // Floats of the inputs follow those of a layer, of which there are whole lines.
        var stack = new GraphMemory(sources, lengths, outputs);
        Assert.Null(stack.Fault([0, .. steps.Select(step => step.ActivationOffset)]));
        Assert.All(steps, step => Assert.Equal(0, step.ActivationOffset % 16));
        Assert.InRange(plan.ActivationLength, steps[^1].ActivationEnd, (lengths[0] + 15) / 16 * 16 + lengths.Skip(1).Sum());

        var workspace = new GraphMemory(sources, [.. lengths.Select(length => Math.Min(length, 1))], [steps.Count]);
        Assert.Null(workspace.Fault([0, .. steps.Select(step => step.Slot)]));
    });

    [Fact]
    public void Training_on_one_sample_finds_all_activations()
    {
        var plan = Plan(4, new DenseSpec(20, "Tanh", "Default"), new DenseSpec(5, "Tanh", "Default"), new DenseSpec(5, "Identity", "Default"));
        Assert.True(plan.TrainsSamples);
        Assert.Equal([0, 32, 48], plan.Steps.Select(step => step.ActivationOffset));

        plan = Plan(4, new DenseSpec(20, "Tanh", "Default"), new DenseSpec(5, "Tanh", "Default"), new DenseSpec(5, "Identity", "Default"), new LayerNormSpec("Identity", 1e-5));
        Assert.False(plan.TrainsSamples);
        Assert.Equal([0, 32, 0, 16], plan.Steps.Select(step => step.ActivationOffset));
    }

    /// <summary>What lies on the stack is what is needed at once, however many layers there are.</summary>
    [Fact]
    public void A_deep_network_is_computed_on_the_stack()
    {
        var plan = Plan(4, [.. Enumerable.Repeat<LayerSpec>(new DenseSpec(2000, "ReLU", "Default"), 10)]);
        Assert.Equal(2 * 2000, plan.ActivationLength);
        Assert.False(plan.IsBatchOfOne);
        Assert.False(plan.TrainsSamples);
    }

    static NetworkPlan Plan(int inputs, params LayerSpec[] layers) =>
        Planner.Create(new NetworkSpec(null, default, "Net", "Net", "Net.g.cs", new(1, inputs), new(layers), "Default"), new CompilerSettings(true, AllowsUnsafe: false));

    /// <summary>Dense layers of few widths, so that residual connections find an equal one, and layers of all other kinds between them.</summary>
    static NetworkPlan RandomPlan(Random random)
    {
        var widths = new List<int> { random.Next(1, 40) };
        var layers = new List<LayerSpec>();
        var kinds = random.Next(1, 6);
        for (var count = random.Next(1, 12); count > 0; count--)
        {
            var equal = Enumerable.Range(1, widths.Count - 1).Where(back => widths[^(back + 1)] == widths[^1]).ToArray();
            layers.Add(random.Next(kinds) switch
            {
                1 => new BatchNormSpec("ReLU", 0.1, 1e-5),
                2 when equal.Length > 0 && random.Next(2) == 0 => new ResidualSpec(equal[random.Next(equal.Length)], "Identity"),
                2 when widths.Count > 1 && random.Next(1, widths.Count) is var back => new ResidualSpec(back, "Identity", new DenseSpec(widths[^1], "Identity", "Default"), new SampleShape(1, widths[^(back + 1)])),
                3 => new LayerNormSpec("Identity", 1e-5),
                4 => new DropoutSpec(0.5),
                _ => new DenseSpec(random.Next(4) == 0 ? random.Next(1, 100) : 17, random.Next(2) == 0 ? "Identity" : "Tanh", "Default"),
            });
            widths.Add(layers[^1].OutputFor(new SampleShape(1, widths[^1])).Features);
        }
        layers.Add(new DenseSpec(3, "Identity", "Default"));
        return Plan(widths[0], [.. layers]);
    }
}
