using System.CommandLine;
using GenNet;
using GenNet.Mpi;
using GenNet.Ranks;

// What mpirun starts in tests: a fit, with something going wrong or not, accumulated batches, an agent, and the time of steps and messages. `scale` starts it itself.
var timeout = new Option<double>("--timeout") { DefaultValueFactory = _ => 60 };
var batch = new Option<int>("--batch") { DefaultValueFactory = _ => 1000 };
var epochs = new Option<int>("--epochs") { DefaultValueFactory = _ => 3 };
var samples = new Option<int>("--samples") { DefaultValueFactory = _ => 4300 };
var folder = new Option<string?>("--folder");
var fault = new Option<Fault?>("--fault");
var rank = new Option<int>("--rank");
var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
var convolutional = new Option<bool>("--convolutional");
var steps = new Option<int>("--steps") { DefaultValueFactory = _ => 300 };
var library = new Option<string?>("--library");

var fit = new Command("fit") { timeout, batch, epochs, samples, folder, fault, rank, threads, library };
fit.SetAction(options =>
{
    Parallelism.Threads = options.GetValue(threads);
    using var world = Join(options);
    Console.WriteLine($"rank {world.Rank} is process {Environment.ProcessId}");
    var run = new FitRun(options.GetValue(epochs), options.GetValue(samples), options.GetValue(batch), options.GetValue(folder), options.GetValue(fault), options.GetValue(rank));
    var network = run.Run(world);
    if (world.Rank == 0)
        Console.WriteLine($"{world.Ranks} ranks: {network.Hash():X16}");
});

var accumulate = new Command("accumulate") { timeout, threads, library };
accumulate.SetAction(options =>
{
    Parallelism.Threads = options.GetValue(threads);
    using var world = Join(options);
    var network = AccumulateRun.Run(world);
    if (world.Rank == 0)
        Console.WriteLine($"{world.Ranks} ranks: {network.Hash():X16}");
});

var file = new Option<string?>("--file");
var dqn = new Option<bool>("--dqn");
var microseconds = new Option<double>("--microseconds");
var learn = new Command("learn") { timeout, threads, library, steps, dqn, file, microseconds };
learn.SetAction(options =>
{
    Parallelism.Threads = options.GetValue(threads);
    SlowPole.Microseconds = options.GetValue(microseconds);
    using var world = Join(options);
    var network = new LearnRun(options.GetValue(steps), options.GetValue(dqn), options.GetValue(file)).Run(world);
    if (world.Rank == 0)
        Console.WriteLine($"{world.Ranks} ranks: {network.Hash():X16}");
});

var time = new Command("time") { timeout, batch, convolutional, steps, threads, library };
time.SetAction(options =>
{
    Parallelism.Threads = options.GetValue(threads);
    using var world = Join(options);
    var (times, rounds) = StepTimes.Measure(world, options.GetValue(convolutional), options.GetValue(batch), options.GetValue(steps));
    if (world.Rank > 0)
        return;
    Console.WriteLine(FormattableString.Invariant($"{world.Ranks} ranks, batch {options.GetValue(batch)}: {StepTimes.Median(times):0.000} ms a step, the median of {times.Count}; the shortest {times.Min():0.000}"));
    if (rounds is [var meeting, var gradients, var sums])
        Console.WriteLine(FormattableString.Invariant($"of them {meeting:0.000} until all ranks have computed theirs, {gradients:0.000} for gradients, {sums:0.000} for sums"));
});

// More exchanges than an MPI has communicators, each with something to say.
var exchanges = new Command("exchanges") { timeout, steps, library };
exchanges.SetAction(options =>
{
    using var world = Join(options);
    var sum = 0L;
    for (var number = 0; number < options.GetValue(steps); number++)
        sum += Neighbours.Greet(number % 2 == 0 ? world.Gradients() : world.Fitness(), number);
    Console.WriteLine(FormattableString.Invariant($"rank {world.Rank}: {sum}"));
});

var message = new Command("message") { timeout, library };
message.SetAction(options =>
{
    using var world = Join(options);
    var microseconds = StepTimes.MeasureMessages(world);
    if (world.Rank == 0)
        Console.WriteLine(FormattableString.Invariant($"{world.Ranks} ranks: {microseconds:0.000} µs a message"));
});
return new RootCommand { fit, accumulate, learn, time, exchanges, message, ScaleCommand.Create() }.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });

MpiWorld Join(ParseResult options) => Mpi.Initialize(new() { Timeout = TimeSpan.FromSeconds(options.GetValue(timeout)), Library = options.GetValue(library) });
