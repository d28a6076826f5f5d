using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Emission;

/// <summary>Writes the network's trainer: forward, backward and the views of the gradients.</summary>
sealed class TrainerEmitter
{
    readonly SourceWriter _writer;
    readonly NetworkPlan _plan;

    TrainerEmitter(SourceWriter writer, NetworkPlan plan) => (_writer, _plan) = (writer, plan);

    public static void Write(SourceWriter writer, NetworkPlan plan) => new TrainerEmitter(writer, plan).Write();

    EquatableArray<LayerPlan> Layers => _plan.Layers;

    LayerPlan Last => Layers[Layers.Count - 1];

    EquatableArray<HeadPlan> Heads => _plan.Heads;

    /// <summary>The heads but the first: each has δ of the trunk in memory of its own, until it is added to that of the first.</summary>
    IEnumerable<HeadPlan> OtherHeads => _plan.Heads.Skip(1);

    /// <summary>Whether a layer reads whole vectors of the inputs, which are copied to padded rows for it.</summary>
    bool CopiesInput => Layers.Any(layer => layer.Sources.Contains(0) && layer.Spec.ReadsPaddedRows);

    /// <summary>Whether a layer needs the whole batch, which divides a pass into stages.</summary>
    bool Staged => Layers.Any(layer => layer.Spec.NormalizesBatch);

    void Write()
    {
        var name = _plan.Spec.Name;
        var types = _plan.Spec.Types;
        var forward = ForwardStages();
        var backward = BackwardStages();
        if (_plan.Spec.Health)
            backward[0].Insert(0, new("Watch(share);", "Which units of these rows are not zero"));
        _writer.Write($$"""
            /// <summary>Gradients, optimiser state and activations to train this network with.</summary>
            /// <param name="optimizer">How a gradient changes a weight.</param>
            /// <param name="batchSize">The largest number of samples that a step takes.</param>
            /// <param name="inputGradients">Whether the trainer computes the gradients of the inputs too.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
            public Trainer<TOptimizer> CreateTrainer<TOptimizer>(TOptimizer optimizer, int batchSize, bool inputGradients = false) where TOptimizer : struct, global::GenNet.IOptimizer<TOptimizer> =>
                new(this, optimizer, batchSize, inputGradients);

            /// <summary>Trains a <see cref="{{name}}"/>.</summary>
            {{NetworkEmitter.GeneratedCode}}
            public sealed class Trainer<TOptimizer> : global::GenNet.{{(_plan.Spec.Health ? "Runtime.HealthTrainer" : "Trainer")}}<TOptimizer> where TOptimizer : struct, global::GenNet.IOptimizer<TOptimizer>
            {
            """);
        _writer.Indent++;
        _writer.Write("readonly global::GenNet.Runtime.InputTraining _input;");
        foreach (var group in Layers.GroupBy(layer => layer.Spec.Library))
            _writer.Write($"readonly global::GenNet.Runtime.{group.Key}Training {string.Join(", ", group.Select(layer => $"_layer{layer.Number}"))};");
        if (_plan.Heads.Count > 1)
            _writer.Write($"// ∂L/∂a{Text.Superscript(_plan.Spec.TrunkLength)} as it comes from {string.Join(", ", OtherHeads.Select(head => head.Name))}, until it is added up. A number is that of the head's first layer.\nreadonly global::GenNet.Runtime.HeadTraining {string.Join(", ", OtherHeads.Select(head => $"_head{head.First}"))};");
        if (types is not null)
            TypedTrainerEmitter.WriteFields(_writer, types);
        _writer.Write($$"""

            internal Trainer({{name}} network, TOptimizer optimizer, int batchSize, bool inputGradients) : base(network, network.Parameters, optimizer, batchSize, inputGradients)
            {
                _input = new({{ForwardEmitter.Features(_plan.Spec)}}, SamplesAtOnce, copies: {{(CopiesInput ? "true" : "false")}}, gradients: inputGradients{{Positions(_plan.Spec.Positions)}});
            """);
        foreach (var layer in Layers)
            _writer.Write($"    _layer{layer.Number} = new({Arguments(layer)});");
        foreach (var head in OtherHeads)
            _writer.Write($"    _head{head.First} = new(_layer{_plan.Spec.TrunkLength}, SamplesAtOnce);");
        if (_plan.TrainsSamples)
            _writer.Write($"    Sample = global::GenNet.Runtime.SampleTraining.Create(network.Parameters, {_plan.ActivationLength}, {NeedPreactivation()});");
        if (types is not null)
            TypedTrainerEmitter.WriteAllocation(_writer, name, types);
        _writer.Write($$"""
                Attach({{string.Join(", ", Layers.Select(layer => $"_layer{layer.Number}"))}});
            }

            /// <summary>The gradients of each layer's parameters that <c>Backward</c> kept.</summary>
            public GradientViews Gradients => new(GradientBlock);

            """);
        if (Staged)
            _writer.Write($"""
                /// <inheritdoc/>
                protected override bool NormalizesBatch => true;

                /// <inheritdoc/>
                protected override int ForwardStages => {forward.Count};

                /// <inheritdoc/>
                protected override int BackwardStages => {backward.Count};

                """);
        WriteMethod("void Forward(in global::GenNet.Runtime.Rows x, in global::GenNet.Runtime.Share share)", forward);
        WriteEnds();
        WriteMethod("void Backward(in global::GenNet.Runtime.Rows x, in global::GenNet.Runtime.Share share)", backward);
        _writer.Write("");
        WriteMethod("void InputGradient(in global::GenNet.Runtime.Rows gradients, in global::GenNet.Runtime.Share share)", [InputGradients()]);
        _writer.Write("");
        WriteMethod(
            "void UseGradients(in global::GenNet.Runtime.Rows x, global::GenNet.Runtime.GradientUse<TOptimizer> use, in global::GenNet.Runtime.Share share)",
            [Gradients()]);
        if (_plan.TrainsSamples)
            WriteSample();
        if (types is not null)
            TypedTrainerEmitter.WriteMethods(_writer, name, types);
        _writer.Indent--;
        _writer.Write("}");
        WriteGradientViews();
    }

    string Arguments(LayerPlan layer) =>
        string.Join(", ", [.. layer.Spec.TrainingArguments(layer), "SamplesAtOnce", "Threads", $"{TypeNames.Activation(Trained(layer))}.DerivativeNeedsPreactivation"]) + Positions(layer.Output.Positions);

    /// <summary>The argument that says how many rows a sample has, where it is not one.</summary>
    static string Positions(int positions) => positions == 1 ? "" : $", positions: {Text.Number(positions)}";

    /// <summary>The activation that training applies: the last layer's may be the loss's.</summary>
    string Trained(LayerPlan layer) => _plan.Heads.FirstOrDefault(head => head.Scored == layer)?.Head.TrainedOutput ?? layer.Activation;

    /// <summary>The layers' forward passes, a new stage before and after the statistics of each batch normalisation.</summary>
    List<List<Statement>> ForwardStages()
    {
        var stages = new List<List<Statement>> { new() };
        if (CopiesInput)
            stages[0].Add(new($"_input.Forward({ForwardEmitter.InputRows(_plan.Spec)}, share);"));
        foreach (var layer in Layers)
        {
            if (IsAboveLoss(layer) && !_plan.Spec.Health)
                continue;
            if (layer.Spec.NormalizesBatch)
            {
                Begin(stages);
                Declare(stages, layer.Sources[0]);
                Current(stages).Add(new(
                    $"_layer{layer.Number}.Statistics({Activations(layer.Sources[0])}, share);",
                    $"μ and σ² of layer {layer.Number} over all samples, divided by units"));
                Begin(stages);
            }
            foreach (var source in layer.Sources)
                Declare(stages, source);
            var arguments = string.Join(", ", layer.Sources.Select(Activations));
            var activation = layer.Spec.IsActivated ? $"<{TypeNames.Activation(Trained(layer))}>" : "";
            Current(stages).Add(new(
                $"_layer{layer.Number}.Forward{activation}({arguments}, share);",
                $"{Text.Equation(layer, Trained(layer))}    {layer.Shapes}"));
        }
        return stages;
    }

    /// <summary>Whether it makes one row of what the loss is of, position by position: nothing but health reads its values in training.</summary>
    bool IsAboveLoss(LayerPlan layer) => Heads[0].ScoresPositions && layer == Heads[0].Layer;

    /// <summary>What stands above the last layers: losses, or outputs for whoever computes their gradients.</summary>
    void WriteEnds()
    {
        WriteEnd("void Loss(global::GenNet.Runtime.Targets targets, int samples, in global::GenNet.Runtime.Share share)", Loss);
        _writer.Write($"""

            /// <inheritdoc/>
            protected override double MeanLoss(int first, int rows, int samples) =>{(Heads.Count == 1 ? " " : "\n    ")}{string.Join(" +\n    ", Heads.Select(head => (head.Weight == 1 ? "" : Text.Number(head.Weight) + " * ") + MeanLoss(head)))};
            """);
        if (_plan.DeclaresHeads)
            _writer.Write($$"""

                /// <inheritdoc/>
                protected override double HeadLoss(int head, int first, int rows, int samples) => head switch
                {
                {{string.Join("\n", Heads.Select((head, h) => $"    {(h < Heads.Count - 1 ? Text.Number(h) : "_")} => {MeanLoss(head)}, // {head.Name}"))}}
                };
                """);
        WriteEnd("void Outputs(in global::GenNet.Runtime.Rows outputs, in global::GenNet.Runtime.Share share)", Outputs);
        WriteEnd("void OutputGradient(in global::GenNet.Runtime.Rows gradients, in global::GenNet.Runtime.Share share)", OutputGradient);
        _writer.Write("");
    }

    /// <summary>A method that has a statement for each head.</summary>
    void WriteEnd(string signature, Func<HeadPlan, Statement> statement)
    {
        _writer.Write("");
        if (Heads.Count > 1)
        {
            WriteMethod(signature, [[.. Heads.Select(statement)]]);
            return;
        }
        var (code, comment, _) = statement(Heads[0]);
        _writer.Write($"""
            /// <inheritdoc/>
            protected override {signature} =>{(comment is null ? "" : $"\n    // {comment}")}
                {code}
            """);
    }

    static string MeanLoss(HeadPlan head) => $"_layer{head.Scored.Number}.MeanLoss<{head.Head.Type}>(first, rows, samples)";

    Statement Loss(HeadPlan head)
    {
        var s = Text.Superscript(head.Scored.Number);
        var place = (head.Column == 0 ? "" : $", column: {head.Column}") + (head.Weight == 1 ? "" : $", weight: {Text.Number(head.Weight)}");
        return new(
            $"_layer{head.Scored.Number}.Loss<{head.Head.Type}>(targets, samples, share{place});",
            $"{(Heads.Count == 1 ? "" : head.Name + ": ")}L = {head.Weighted(TypeNames.Words(head.Loss))}, δ{s} = ∂L/∂z = {(head.Weight == 1 || head.Head.FollowsFromLoss ? "" : Text.Number(head.Weight) + "·")}{head.Head.DeltaEquation}");
    }

    /// <summary>The activation that the loss would compute.</summary>
    Statement Outputs(HeadPlan head)
    {
        var (n, s) = (head.Scored.Number, Text.Superscript(head.Scored.Number));
        var rest = Trained(head.Scored) == head.Scored.Activation ? "Identity" : head.Scored.Activation;
        return new(
            $"_layer{n}.{(head.Softmax ? "OutputSoftmax" : $"Output<{TypeNames.Activation(rest)}>")}({Columns("outputs", head)}, share);",
            head.Softmax || rest != "Identity" ? $"a{s} = {Text.Words(head.Scored.DeclaredActivation)}(z{s})" : null);
    }

    static Statement OutputGradient(HeadPlan head)
    {
        var (n, s) = (head.Scored.Number, Text.Superscript(head.Scored.Number));
        return new(
            $"_layer{n}.{(head.Softmax ? "OutputGradientOfSoftmax" : $"OutputGradient<{TypeNames.Activation(head.Scored.Activation)}>")}({Columns("gradients", head)}, share);",
            $"δ{s} = {(head.Softmax ? "a ∘ (∂L/∂a − Σ a·∂L/∂a)" : "∂L/∂a" + (head.Scored.Activation == "Identity" ? "" : $" ∘ {Text.Derivative(head.Scored)}"))}");
    }

    /// <summary>A head's columns of rows that have those of all, or a row for each position that has classes of its own.</summary>
    static string Columns(string rows, HeadPlan head) =>
        head.ScoresPositions ? $"{rows}.Positions({Text.Number(head.Scored.Output.Positions)}, {Text.Number(head.Scored.Outputs)})" : head.Column == 0 ? rows : $"{rows}.From({head.Column})";

    /// <summary>δ of the layers from the last down to the first that has parameters, a new stage before and after the sums of each batch normalisation.</summary>
    List<List<Statement>> BackwardStages()
    {
        var stages = new List<List<Statement>> { new() };
        foreach (var layer in Layers.Reverse())
        {
            var (n, below) = (layer.Number, layer.Sources[0]);
            if (IsAboveLoss(layer))
                continue;
            if (layer.Spec.PreparesGradients)
                Current(stages).Add(new($"_layer{n}.PrepareGradients(share);", layer.Spec.PreparedGradients(Text.Superscript(n))));
            if (layer.Spec.NormalizesBatch)
            {
                Begin(stages);
                Declare(stages, below);
                Current(stages).Add(new(
                    $"_layer{n}.Sums({Activations(below)}, share);",
                    $"Σδ{Text.Superscript(n)} and Σδ{Text.Superscript(n)}·x̂ over all samples, divided by units"));
                if (HasParameters(below))
                    Begin(stages);
            }
            if (HasParameters(below))
                Current(stages).Add(BackwardTo(layer));
        }
        return stages;
    }

    /// <summary>Whether a layer or one that it takes values of has parameters, so that its δ is needed for them. In order, each once: ways through residual connections are many.</summary>
    bool HasParameters(int number)
    {
        if (_haveParameters is null)
        {
            _haveParameters = new bool[Layers.Count + 1];
            foreach (var layer in Layers)
                _haveParameters[layer.Number] = layer.Parameters > 0 || layer.Sources.Any(source => _haveParameters[source]);
        }
        return _haveParameters[number];
    }

    bool[]? _haveParameters;

    /// <summary>δ of the layer from which a layer takes its values. Where several take them, the first adds what the others have left.</summary>
    Statement BackwardTo(LayerPlan layer)
    {
        var below = Layers[layer.Sources[0] - 1];
        var (n, s) = (layer.Number, Text.Superscript(layer.Number));
        var gradient = layer.Spec.InputGradientEquation(s);
        if (OtherHeads.FirstOrDefault(head => head.First == n) is { } other)
            return new($"_layer{n}.InputGradient(_head{n}, share);", $"{other.Name}'s part of ∂L/∂a{Text.Superscript(below.Number)} = {gradient}");

        var heads = OtherHeads.Where(head => Layers[head.First - 1].Sources[0] == below.Number).ToList();
        var skips = Skips(below.Number);
        var others = skips.Select(SkipGradient).Concat(heads.Select(head => $"{head.Name}'s part"));
        var sum = string.Join(" + ", others.Prepend(gradient));
        var equation = $"δ{Text.Superscript(below.Number)} = {(skips.Count + heads.Count == 0 ? sum : $"({sum})")} ∘ {Text.Derivative(below)}";
        var activation = TypeNames.Activation(below.Activation);
        if (skips.Count + heads.Count == 0)
            return new($"_layer{n}.BackwardTo<{activation}>(_layer{below.Number}, share);", equation);
        return new(
            $"_layer{n}.InputGradient(_layer{below.Number}, share);\n"
            + string.Concat(skips.Select(skip => AddSkip(skip, $"_layer{below.Number}") + "\n"))
            + string.Concat(heads.Select(head => $"_layer{below.Number}.AddDelta(_head{head.First}, share);\n"))
            + $"_layer{below.Number}.MultiplyByDerivative<{activation}>(share);", equation);
    }

    /// <summary>From the layers above which δ is known, down to the inputs.</summary>
    List<Statement> InputGradients()
    {
        var statements = new List<Statement>();
        foreach (var layer in Layers.Reverse())
            if (layer.Sources[0] is > 0 and var below && !HasParameters(below))
                statements.Add(BackwardTo(layer));
        var skips = Skips(0);
        statements.Add(new(
            "_layer1.InputGradient(_input, share);" + string.Concat(skips.Select(skip => "\n" + AddSkip(skip, "_input"))) + "\n_input.Gradient(gradients, share);",
            $"∂L/∂x = {Layers[0].Spec.InputGradientEquation(Text.Superscript(1))}{string.Concat(skips.Select(skip => " + " + SkipGradient(skip)))}"));
        return statements;
    }

    /// <summary>The residual connections that begin at a layer.</summary>
    List<LayerPlan> Skips(int number) => [.. Layers.Where(layer => layer.Sources.Skip(1).Contains(number))];

    static string SkipGradient(LayerPlan skip) => skip.Spec.SkipGradientEquation(Text.Superscript(skip.Number));

    /// <summary>Adds what a residual connection sends back to where it began: its δ as it is, or through its weights.</summary>
    static string AddSkip(LayerPlan skip, string below) =>
        skip.Parameters > 0 ? $"_layer{skip.Number}.AddInputGradient({below}, share);" : $"{below}.AddDelta(_layer{skip.Number}, share);";

    List<Statement> Gradients()
    {
        var statements = new List<Statement>();
        foreach (var layer in Layers.Reverse().Where(layer => layer.Parameters > 0))
        {
            var (s, below) = (Text.Superscript(layer.Number), layer.Sources[layer.Spec.WeightedSource]);
            var x = below == 0 ? "x" : $"(a{Text.Superscript(below)})";
            var source = below > 0 ? $"_layer{below}.Activations(x.Count)"
                : layer.Spec.ReadsPaddedRows ? "_input.Activations(x.Count)" : ForwardEmitter.InputRows(_plan.Spec);
            statements.Add(new($"_layer{layer.Number}.Gradient({source}, use, share);", layer.Spec.GradientEquation(s, x)));
        }
        return statements;
    }

    /// <summary>Whether a derivative needs z: asked of each activation, which may be the user's own.</summary>
    string NeedPreactivation() =>
        string.Join(" || ", Layers.Select(layer => $"{TypeNames.Activation(Trained(layer))}.DerivativeNeedsPreactivation").Distinct());

    void WriteSample()
    {
        const string Parameters =
            "(global::GenNet.Runtime.SampleTraining sample, in global::GenNet.Runtime.Rows x, global::GenNet.Runtime.Targets targets, global::GenNet.Runtime.GradientUse<TOptimizer> use)";
        _writer.Write($"""

            /// <inheritdoc/>
            protected override double StepSample{Parameters}{(Layers.Any(_plan.Inlines) ? " =>" : "")}
            """);
        if (Layers.Any(_plan.Inlines))
            _writer.Write($"""
                    {string.Join("\n    : ", VectorWidths.All.Select(width => $"{(width.Condition.Length > 0 ? $"{width.Condition} ? " : "")}StepLayers<{width.V}, {width.H}, {width.Q}>(sample, x, targets, use)"))};

                /// <summary>The same with the widest vectors V, H for panels of eight outputs, and Q for panels of four.</summary>
                [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization | global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
                {(_plan.Spec.Health ? "" : "static ")}double StepLayers<V, H, Q>{Parameters}
                    where V : struct, global::GenNet.Simd.ISimd<V>
                    where H : struct, global::GenNet.Simd.ISimd<H>
                    where Q : struct, global::GenNet.Simd.ISimd<Q>
                """);
        _writer.Write("{");
        _writer.Indent++;
        WriteSampleForward();
        for (var l = Layers.Count - 1; l > 0; l--)
        {
            var (layer, below) = (Layers[l], Layers[l - 1]);
            var (s, sBelow) = (Text.Superscript(l + 1), Text.Superscript(l));
            _writer.Write($"""
                // δ{sBelow} = δ{s}(W{s})ᵀ ∘ {Text.Derivative(below)}
                {SampleBackwardTo(layer, below)}

                """);
            if (!_plan.Inlines(layer))
                WriteUpdate(layer);
        }
        // The first layer's first: the next step waits for its weights.
        foreach (var layer in Layers.Where(layer => layer.Number == 1 || _plan.Inlines(layer)))
            WriteUpdate(layer);
        _writer.Write("return loss;");
        _writer.Indent--;
        _writer.Write("}");
    }

    void WriteSampleForward()
    {
        var (n, at) = (Last.Number, Start(Last));
        var widths = Layers.Any(_plan.Inlines) ? "V, H, Q, " : "";

        // The losses with a logarithm are too long to be compiled again for each network.
        var loss = _plan.DeltaInRegister(Last) ? $"Loss<{_plan.Head.Arguments}, Q>({(_plan.StepsInOneMethod ? "output" : $"sample.Outputs<Q>({at})")}, targets, {_plan.Outputs}, {at}, out var d{n})"
            : _plan.Inlines(Last) && _plan.Head.IsElementwise ? $"Loss<{_plan.Head.Type}, {Vector(Last)}>(targets, {_plan.Outputs}, {at})"
            : $"Loss<{_plan.Head.Type}>(targets, {_plan.Outputs}, {at})";
        _writer.Write($"""
            sample.Take<{_plan.Head.Type}>(targets, {_plan.Outputs});

            """);
        if (_plan.StepsInOneMethod)
        {
            _writer.Write("""
                ref var p = ref sample.Parameters;
                ref readonly var input = ref x.Reference;
                ref var a = ref sample.Activations;

                """);
            ForwardEmitter.WriteForStep(_writer, _plan);
        }
        else
            _writer.Write($"""
                // a¹ to {(_plan.Head.TrainedOutput == "Identity" ? "z" : "a")}{Text.Superscript(n)} as in inference
                ForwardLayers<{widths}{TypeNames.Activation(_plan.Head.TrainedOutput)}>(ref sample.Parameters, in x.Reference, ref sample.Activations);

                """);
        _writer.Write($"""
            // L = {_plan.LossName}, δ{Text.Superscript(n)} = ∂L/∂z = {_plan.Head.DeltaEquation}
            var loss = sample.{loss};
            if (!double.IsFinite(loss))
                return loss;

            """);
        if (_plan.Spec.Health)
            _writer.Write($"""
                // Which units are not zero
                Watch(sample, [{string.Join(", ", Layers.Select(Start))}]);

                """);
    }

    void WriteUpdate(LayerPlan layer)
    {
        var (n, at) = (layer.Number, Start(layer));
        var s = Text.Superscript(n);
        var source = n == 1 ? "x" : Start(Layers[n - 2]).ToString();
        // The loss leaves what is behind its outputs undefined; the padding of the weights stays zero.
        var delta = !_plan.DeltaInRegister(layer) ? $"sample.Delta<{Vector(layer)}>({at})"
            : layer == Last && layer.Outputs < 4 ? $"Q.FirstLanes({layer.Outputs}) & d{n}"
            : $"d{n}";
        var update = _plan.Inlines(layer)
            ? $"sample.Update<TOptimizer, {Vector(layer)}>({layer.Inputs}, {layer.PaddedOutputs}, {layer.Offset}, {layer.BiasOffset}, {source}, {delta}, {at}, use);"
            : $"sample.Update(Shape{n}, {source}, {at}, use);";
        _writer.Write($"""
            // W{s} and b{s} change by {(n == 1 ? "x" : $"(a{Text.Superscript(n - 1)})")}ᵀδ{s} and δ{s}
            {update}

            """);
    }

    string SampleBackwardTo(LayerPlan layer, LayerPlan below)
    {
        var activation = TypeNames.Activation(below.Activation);
        if (!_plan.Inlines(layer))
            return $"sample.BackwardTo<{activation}>(Shape{layer.Number}, {Start(layer)}, {Start(below)});";
        var result = _plan.DeltaInRegister(below) ? $"var d{below.Number} = " : "";
        var inRegister = layer.Outputs <= 4 && _plan.DeltaInRegister(layer);
        var delta = inRegister ? $"d{layer.Number}" : Start(layer).ToString();
        return $"{result}sample.BackwardTo<{activation}, {Vector(below)}{(inRegister ? ", Q" : "")}>({layer.Inputs}, {layer.Outputs}, {layer.Offset}, {delta}, {Start(below)});";
    }

    /// <summary>Where a layer's activations and δ start.</summary>
    int Start(LayerPlan layer) => _plan.Steps[layer.Number - 1].ActivationOffset;

    static string Vector(LayerPlan layer) => layer.PaddedOutputs switch { 4 => "Q", 8 => "H", _ => "V" };

    static List<Statement> Current(List<List<Statement>> stages) => stages[stages.Count - 1];

    static void Begin(List<List<Statement>> stages)
    {
        if (Current(stages).Count > 0)
            stages.Add(new());
    }

    /// <summary>Declares the variable of a layer's activations in the current stage, once.</summary>
    void Declare(List<List<Statement>> stages, int number)
    {
        if (number == 0 && !CopiesInput && _plan.Spec.Positions == 1)
            return;
        var rows = number == 0 && !CopiesInput ? ForwardEmitter.InputRows(_plan.Spec) : $"{(number == 0 ? "_input" : $"_layer{number}")}.Activations(x.Count)";
        var declaration = new Statement($"var {Activations(number)} = {rows};", Declares: true);
        if (!Current(stages).Contains(declaration))
            Current(stages).Add(declaration);
    }

    string Activations(int number) => number > 0 || CopiesInput ? $"a{number}" : ForwardEmitter.Inputs(_plan.Spec);

    void WriteMethod(string signature, List<List<Statement>> stages)
    {
        _writer.Write($$"""
            /// <inheritdoc/>
            protected override {{signature}}
            {
            """);
        _writer.Indent++;
        if (stages.Count == 1)
            WriteStatements(stages[0]);
        else
        {
            _writer.Write("switch (share.Stage)\n{");
            _writer.Indent++;
            for (var stage = 0; stage < stages.Count; stage++)
            {
                _writer.Write($$"""
                    case {{stage}}:
                    {
                    """);
                _writer.Indent++;
                WriteStatements(stages[stage]);
                _writer.Write("break;");
                _writer.Indent--;
                _writer.Write("}");
            }
            _writer.Indent--;
            _writer.Write("}");
        }
        _writer.Indent--;
        _writer.Write("}");
    }

    /// <summary>What has a comment stands apart from what is before it, unless that only declares what it needs.</summary>
    void WriteStatements(List<Statement> statements)
    {
        var declarations = statements.TakeWhile(statement => statement.Declares).Count();
        for (var i = 0; i < statements.Count; i++)
        {
            var (code, comment, _) = statements[i];
            if (comment is not null)
                _writer.Write((i > declarations ? "\n" : "") + "// " + comment);
            _writer.Write(code);
        }
    }

    void WriteGradientViews()
    {
        _writer.Write($$"""

            /// <summary>The gradients of the parameters, layer by layer.</summary>
            {{NetworkEmitter.GeneratedCode}}
            public readonly struct GradientViews
            {
                readonly global::GenNet.ParameterBlock _block;

                internal GradientViews(global::GenNet.ParameterBlock block) => _block = block;
            """);
        foreach (var layer in Layers.Where(layer => layer.Parameters > 0))
            _writer.Write($"""

                    /// <summary>{_plan.WithHead(layer, layer.Spec.Gradients(layer))}</summary>
                    public {layer.Spec.Parameters(layer)!.Value.Type} Layer{layer.Number} => new(_block, {layer.Number - 1}, Shape{layer.Number});
                """);
        _writer.Write("}");
    }
}
