namespace GenNet.Testing;

/// <summary>
/// Checks that a generated network keeps its promises: gradients agree with central differences, a batch has the bits of single samples, and nothing is allocated.
/// For the tests of programs that have networks with parts of their own. The network is left as it was.
/// </summary>
public static class NetworkCheck
{
    /// <summary>Steps of the differences. A kink or rounding spoils some of them, a wrong gradient all.</summary>
    static readonly float[] Distances = [1e-2f, 3e-3f, 1e-3f];

    /// <summary>Runs every check.</summary>
    /// <exception cref="NetworkCheckException">One failed.</exception>
    public static void All(INetwork network, ulong seed = 1)
    {
        Gradients(network, seed);
        SingleAndBatchAgree(network, seed);
        AllocatesNothing(network, seed);
    }

    /// <summary>
    /// Compares the gradient of every tensor with central differences of the loss in training: along random directions, and for the elements of the largest gradients.
    /// </summary>
    /// <param name="network">The network, with any weights that are not all equal.</param>
    /// <param name="seed">Inputs, targets and directions follow from it.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="tolerance">The error allowed, relative to the gradient along a direction.</param>
    /// <exception cref="NetworkCheckException">A gradient is wrong.</exception>
    public static void Gradients(INetwork network, ulong seed = 1, int samples = 8, double tolerance = 0.02)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var check = new Batch(network, seed, samples);
        check.LeaveKinks(seed);
        check.Backward();

        // All of them now: losses at other places are computed with gradients of those places.
        var gradients = check.Trainer.GradientBlock.Tensors.Select(ToArray).ToArray();
        foreach (var (parameters, gradient) in network.Parameters.Tensors.Zip(gradients))
        {
            if (parameters.Kind is ParameterKind.RunningMean or ParameterKind.RunningVariance)
                continue;
            foreach (var direction in Directions(gradient, seed))
                CompareAlong(check, parameters, gradient, direction, tolerance);
        }
    }

    /// <summary>Compares the outputs of a batch with those of its samples one by one, bit by bit.</summary>
    /// <exception cref="NetworkCheckException">An output differs.</exception>
    public static void SingleAndBatchAgree(INetwork network, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach (var samples in (int[])[1, 3, 8, 33, 130])
        {
            using var check = new Batch(network, seed, samples);
            var outputs = new float[samples * network.OutputSize];
            network.ForwardBatch(check.Inputs, outputs);
            var output = new float[network.OutputSize];
            for (var sample = 0; sample < samples; sample++)
            {
                network.Forward(check.Inputs.AsSpan(sample * network.InputSize, network.InputSize), output);
                for (var o = 0; o < output.Length; o++)
                    if (BitConverter.SingleToInt32Bits(output[o]) != BitConverter.SingleToInt32Bits(outputs[sample * output.Length + o]))
                        throw Failure(network, $"output {o} of sample {sample} is {output[o]:R} alone and {outputs[sample * output.Length + o]:R} in a batch of {samples}");
            }
        }
    }

    /// <summary>Fails if <c>Forward</c>, <c>ForwardBatch</c>, <c>Backward</c> or <c>Step</c> allocates, or <c>Forward</c> after the weights changed.</summary>
    /// <exception cref="NetworkCheckException">Something was allocated.</exception>
    public static void AllocatesNothing(INetwork network, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var check = new Batch(network, seed, samples: 4);
        var outputs = new float[4 * network.OutputSize];
        Check("Forward", () => network.Forward(check.Inputs.AsSpan(0, network.InputSize), outputs.AsSpan(0, network.OutputSize)));
        Check("ForwardBatch", () => network.ForwardBatch(check.Inputs, outputs));
        Check("Backward", check.Backward);
        Check("Step", check.Step);
        Check("Forward after a step", () =>
        {
            check.Step();
            network.Forward(check.Inputs.AsSpan(0, network.InputSize), outputs.AsSpan(0, network.OutputSize));
        });

        void Check(string method, Action action)
        {
            action();
            var least = long.MaxValue;

            // The collector may count a buffer that it retires on another thread's behalf: one undisturbed attempt is enough.
            for (var attempt = 0; attempt < 10 && least > 0; attempt++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var call = 0; call < 10; call++)
                    action();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            if (least > 0)
                throw Failure(network, $"{method} allocates {least / 10.0} bytes a call");
        }
    }

    static void CompareAlong(Batch check, ParameterTensor parameters, float[] gradient, float[] direction, double tolerance)
    {
        var expected = 0.0;
        var size = 0.0;
        for (var i = 0; i < gradient.Length; i++)
        {
            expected += (double)gradient[i] * direction[i];
            size += (double)gradient[i] * gradient[i] * direction[i] * direction[i];
        }
        var original = new float[parameters.Length];
        parameters.CopyTo(original);
        double closest = double.PositiveInfinity, difference = 0;
        foreach (var distance in Distances)
        {
            double above = check.LossAt(parameters, original, direction, distance), below = check.LossAt(parameters, original, direction, -distance);

            // With many rows a kink is never far: it spoils what is on its side.
            foreach (var slope in (double[])[(above - below) / (2.0 * distance), (above - check.Loss) / distance, (check.Loss - below) / distance])
                if (Math.Abs(slope - expected) < closest)
                    (closest, difference) = (Math.Abs(slope - expected), slope);
        }
        parameters.CopyFrom(original);

        // Below a ten-thousandth of the loss a slope drowns in the loss's own rounding.
        if (closest > tolerance * Math.Max(Math.Abs(expected), Math.Sqrt(size)) + 1e-4 * Math.Abs(check.Loss))
            throw Failure(check.Network, $"along {Describe(direction)} of {parameters} the loss changes by {difference:G4} for each unit, but the gradient says {expected:G4}");
    }

    static string Describe(float[] direction) => direction.Count(value => value != 0) == 1 ? $"element {Array.FindIndex(direction, value => value != 0)}" : "a random direction";

    static float[] ToArray(ParameterTensor tensor)
    {
        var values = new float[tensor.Length];
        tensor.CopyTo(values);
        return values;
    }

    static List<float[]> Directions(float[] gradient, ulong seed)
    {
        var random = new RandomStream(seed).Split((ulong)gradient.Length);
        var directions = new List<float[]>();
        var length = 1 / MathF.Sqrt(gradient.Length);
        for (var number = 0; number < 4; number++)
            directions.Add([.. gradient.Select(_ => (random.NextInt32(2) * 2 - 1) * length)]);
        foreach (var index in Enumerable.Range(0, gradient.Length).OrderByDescending(index => Math.Abs(gradient[index])).Take(4))
        {
            var direction = new float[gradient.Length];
            direction[index] = 1;
            directions.Add(direction);
        }
        return directions;
    }

    static NetworkCheckException Failure(INetwork network, string what) => new($"{network.Architecture.Name}: {what}.");

    /// <summary>A random batch, and the network's parameters to restore.</summary>
    sealed class Batch : IDisposable
    {
        readonly int[]? _labels;
        readonly float[] _targets = [];
        readonly ParameterBlock _original;

        public Batch(INetwork network, ulong seed, int samples)
        {
            Network = network;
            _original = network.Parameters.Like();
            _original.CopyFrom(network.Parameters);
            Trainer = network.CreateTrainer(new Sgd(1e-3), Math.Max(samples, 2));
            var random = new RandomStream(seed);
            Inputs = [.. Enumerable.Range(0, samples * network.InputSize).Select(_ => (float)random.NextNormal())];
            foreach (var index in network.Architecture.IndexFeatures)
                for (var i = index.Feature; i < Inputs.Length; i += network.InputSize / network.Architecture.Positions)
                    Inputs[i] = random.NextInt32(index.Count);
            if (network.Architecture.Heads is [var head] && head.TargetKind != TargetKind.Numbers)
                _labels = [.. Enumerable.Range(0, samples * network.Architecture.LabelSize).Select(_ => random.NextInt32(Math.Max(2, network.OutputSize / network.Architecture.LabelSize)))];
            else
            {
                _targets = new float[samples * network.OutputSize];
                for (var sample = 0; sample < samples; sample++)
                    foreach (var one in network.Architecture.Heads)
                        Fill(_targets.AsSpan(sample * network.OutputSize + one.FirstOutput, one.OutputCount), one.TargetKind, ref random);
            }
        }

        /// <summary>Targets that the loss of a head takes.</summary>
        static void Fill(Span<float> targets, TargetKind kind, ref RandomStream random)
        {
            if (kind == TargetKind.Distributions)
                targets[random.NextInt32(targets.Length)] = 1;
            else
                foreach (ref var target in targets)
                    target = kind == TargetKind.Numbers ? (float)random.NextNormal() : random.NextInt32(2);
        }

        public INetwork Network { get; }

        public Trainer Trainer { get; }

        public float[] Inputs { get; }

        public double Loss { get; private set; }

        /// <summary>
        /// Gives biases and shifts that are zero a small number. A rectified unit all of whose inputs are zero, as an image's often are, stands on its kink otherwise,
        /// where every difference and every gradient is a matter of taste.
        /// </summary>
        public void LeaveKinks(ulong seed)
        {
            var random = new RandomStream(seed);
            foreach (var tensor in Network.Parameters.Tensors.Where(tensor => tensor.Kind is ParameterKind.Bias or ParameterKind.Shift))
                for (var unit = 0; unit < tensor.Length; unit++)
                    if (tensor[unit] == 0)
                        tensor[unit] = (random.NextInt32(2) * 2 - 1) * (0.02f + 0.08f * random.NextSingle());
        }

        /// <summary>Computes loss and gradients, with the same dropout masks each time.</summary>
        public void Backward() => Loss = Compute();

        double Compute()
        {
            Trainer.BatchCount = 0;
            return _labels is null ? Trainer.Backward(Inputs, _targets) : Trainer.Backward(Inputs, _labels);
        }

        public void Step()
        {
            if (_labels is null)
                Trainer.Step(Inputs, _targets);
            else
                Trainer.Step(Inputs, _labels);
        }

        public double LossAt(ParameterTensor parameters, float[] original, float[] direction, float distance)
        {
            var moved = new float[original.Length];
            for (var i = 0; i < moved.Length; i++)
                moved[i] = original[i] + distance * direction[i];
            parameters.CopyFrom(moved);
            return Compute();
        }

        public void Dispose() => Network.Parameters.CopyFrom(_original);
    }
}
