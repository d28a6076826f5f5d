using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace GenNet.Benchmarks;

/// <summary>Measures what <c>Health = true</c> costs a training step: the same network with and without, in turns.</summary>
static class HealthCommand
{
    /// <summary>Steps from one end of an epoch to the next: a multiple of <see cref="GradientHealth.Interval"/>, so that every turn has its share of measured steps.</summary>
    const int StepsOfEpoch = 448;

    static readonly (string Id, int Samples, Func<INetwork> Without, Func<INetwork> With)[] Cases =
    [
        ("T1", 1, () => new Sigmoid2x8x1(1), () => new WatchedSigmoid2x8x1(1)),
        ("T2", 32, () => new Tanh4x16x16x2(1), () => new WatchedTanh4x16x16x2(1)),
        ("T3", 256, () => new Tanh17x64x64x6(1), () => new WatchedTanh17x64x64x6(1)),
        ("T4", 128, () => new Softmax784x128x64x10(1), () => new WatchedSoftmax784x128x64x10(1)),
        ("T5", 128, () => new Softmax784x512x256x10(1), () => new WatchedSoftmax784x512x256x10(1)),
        ("T6", 32, () => new Softmax784x128x64x10(1), () => new WatchedSoftmax784x128x64x10(1)),
        ("T8", 2048, () => new ReLU4x32x16x4(1), () => new WatchedReLU4x32x16x4(1)),
    ];

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { HelpName = "count", Description = "Measurements of each, in turns.", DefaultValueFactory = _ => 60 };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--rounds must be at least 1.");
        });
        var command = new Command("health", "Times a training step with and without gradient health, in turns, and prints the ratio.") { rounds };
        command.SetAction(options =>
        {
            Console.WriteLine("| workload | least without, µs | least with, µs | ratio | median ratio of two turns |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            foreach (var item in Cases)
                Measure(item.Id, new Run(item.Without(), item.Samples), new Run(item.With(), item.Samples), options.GetValue(rounds));
        });
        return command;
    }

    static void Measure(string id, Run without, Run with, int rounds)
    {
        // About a fiftieth of a second a turn.
        var steps = StepsOfEpoch / 7;
        while (without.Time(steps) * steps < 20_000)
            steps *= 2;
        with.Time(steps);
        var times = new List<(double Without, double With)>();
        for (var round = 0; round < rounds; round++)
            times.Add((without.Time(steps), with.Time(steps)));
        var (off, on) = (times.Min(time => time.Without), times.Min(time => time.With));
        var ratio = Median(times.Select(time => time.With / time.Without));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {id} {without.Name}, batch {without.Samples} | {off:G4} | {on:G4} | {on / off:F3} | {ratio:F3} |"));
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    sealed class Run
    {
        readonly Trainer _trainer;
        readonly float[] _inputs, _targets;

        public Run(INetwork network, int samples)
        {
            (Name, Samples) = (network.Architecture.Name, samples);
            _trainer = network.CreateTrainer(new Adam(1e-4), samples);
            var random = new RandomStream(1);
            _inputs = new float[samples * network.InputSize];
            foreach (ref var value in _inputs.AsSpan())
                value = random.NextSingle() - 0.5f;
            _targets = new float[samples * network.OutputSize];
            for (var i = 0; i < samples; i++)
                _targets[i * network.OutputSize + random.NextInt32(network.OutputSize)] = 1;
        }

        public string Name { get; }

        public int Samples { get; }

        /// <summary>Microseconds a step.</summary>
        public double Time(int steps)
        {
            var start = Stopwatch.GetTimestamp();
            for (var step = 1; step <= steps; step++)
            {
                _trainer.Step(_inputs, _targets);
                if (_trainer.StepCount % StepsOfEpoch == 0)
                    _trainer.Health?.EndEpoch();
            }
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps;
        }
    }
}
