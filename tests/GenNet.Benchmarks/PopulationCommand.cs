using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace GenNet.Benchmarks;

/// <summary>
/// Measures a generation of a genetic algorithm: 1,000 networks of 5,508 parameters, each a child of two of the fittest fifth by uniform crossover and Gaussian mutation.
/// What the networks do to be judged is no part of it.
/// </summary>
static class PopulationCommand
{
    const int Networks = 1000, Parents = Networks / 5;
    const float Deviation = 0.02f;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { HelpName = "count", Description = "Generations of each kind.", DefaultValueFactory = _ => 300 };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--rounds must be at least 1.");
        });
        var command = new Command("population", "Times a generation of 1,000 networks 16→64→64→4: selection, crossover, and mutation of some or all weights.") { rounds };
        command.SetAction(options =>
        {
            var peak = Peak.CreateContender();
            for (var slice = 0; slice < 20; slice++)
                peak.Measure(20e6);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One core at {Peak.FlopsPerCall / peak.Min:F0} GFLOP/s.\n"));
            Console.WriteLine("| of a generation | least, ms | median, ms | least, ns a weight | bytes allocated |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            var population = new Population();
            (string Name, Action<Population> Work)[] cases =
            [
                ("selection", population => population.Select()),
                ("crossover alone", population => population.Breed(0)),
                ("mutation of a tenth alone", population => population.Mutate(0.1)),
                ("mutation of all alone", population => population.Mutate(1)),
                ("**all of it, mutating a tenth**", population => population.NextGeneration(0.1)),
                ("**all of it, mutating all**", population => population.NextGeneration(1)),
            ];
            foreach (var (name, work) in cases)
                Measure(name, population, work, options.GetValue(rounds));
        });
        return command;
    }

    static void Measure(string name, Population population, Action<Population> work, int rounds)
    {
        // Until the JIT is done.
        for (var round = 0; round < 50; round++)
            work(population);
        Thread.Sleep(200);
        work(population);

        var times = new double[rounds];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work(population);
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {times[0]:F2} | {times[rounds / 2]:F2} | {times[0] * 1e6 / Networks / Tanh16x64x64x4.ParameterCount:F3} | {allocated} |"));
    }

    sealed class Population
    {
        readonly float[] _fitness = new float[Networks], _order = new float[Networks];
        readonly int[] _ranks = new int[Networks];

        // Children take the place of networks that are no parents, so that memory is written that is in the cache: the parents' own is what the next generation has to spare.
        ParameterBlock[] _networks, _children = new ParameterBlock[Networks], _spare;
        RandomStream _random = new(1);

        public Population()
        {
            var first = new Tanh16x64x64x4(1);
            _networks = [.. Enumerable.Range(0, Networks).Select(_ => first.Clone().Parameters)];
            _spare = [.. Enumerable.Range(0, Parents).Select(_ => first.Clone().Parameters)];
            Mutate(1);
            _random.NextSingles(_fitness);
            Select();
        }

        public void NextGeneration(double rate)
        {
            Select();
            Breed(rate);
        }

        /// <summary>Puts the networks in the order of their fitness, the fittest first.</summary>
        public void Select()
        {
            for (var i = 0; i < Networks; i++)
                (_order[i], _ranks[i]) = (-_fitness[i], i);
            MemoryExtensions.Sort(_order.AsSpan(), _ranks.AsSpan());
        }

        /// <summary>The next networks, each from two of the fittest.</summary>
        public void Breed(double rate)
        {
            for (var i = 0; i < Networks; i++)
            {
                var child = _children[i] = i < Parents ? _spare[i] : _networks[_ranks[i]];
                child.CrossOver(Parent(), Parent(), ref _random);
                child.Mutate(ref _random, rate, Deviation);
            }
            for (var i = 0; i < Parents; i++)
                _spare[i] = _networks[_ranks[i]];
            (_networks, _children) = (_children, _networks);
        }

        ParameterBlock Parent() => _networks[_ranks[_random.NextInt32(Parents)]];

        public void Mutate(double rate)
        {
            foreach (var network in _networks)
                network.Mutate(ref _random, rate, Deviation);
        }
    }
}
