using System.CommandLine;
using System.Globalization;
using GenNet.Shared;

namespace GenNet.Benchmarks;

/// <summary><c>generator</c>: what the generator costs while typing, in a build and in the program.</summary>
static class GeneratorCommand
{
    public static Command Create()
    {
        var builds = new Option<int>("--builds") { Description = "Builds of each project; the median counts.", DefaultValueFactory = _ => 7 };
        builds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--builds must be at least 1.");
        });
        var networks = new Option<int>("--networks") { Description = "Networks in the project.", DefaultValueFactory = _ => 50 };
        networks.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--networks must be at least 1.");
        });
        var command = new Command("generator", "Measures what the generator costs, and prints a Markdown table.") { builds, networks };
        command.SetAction(options => Run(options.GetValue(builds), options.GetValue(networks)));
        return command;
    }

    static void Run(int builds, int networks)
    {
        var sources = ManyNetworks.Sources(networks);
        Console.WriteLine("| emitted for | lines | bytes of IL | of the largest method |");
        Console.WriteLine("|---|--:|--:|--:|");
        Row("4→16→16→2, unrolled", EmittedSize.Of(ManyNetworks.Source("Net", 4, [16, 16, 2])));
        Row("784→128→64→10", EmittedSize.Of(ManyNetworks.Source("Net", 784, [128, 64, 10])));
        Row("ten layers of 100", EmittedSize.Of(ManyNetworks.Source("Net", 100, Enumerable.Repeat(100, 10))));
        var all = EmittedSize.Of(sources);
        Row($"a network of the {networks}, on average", new(all.Lines / networks, all.ILBytes / networks, all.LargestMethod));

        Console.WriteLine();
        Console.WriteLine("| | with the generator | its code checked in | ratio |");
        Console.WriteLine("|---|--:|--:|--:|");
        Row("one network of ten layers generated anew", GeneratorTimings.OneNetwork(layers: 10));
        Row($"a key stroke elsewhere, {networks} networks", GeneratorTimings.KeyStrokeElsewhere(sources));
        var (generated, checkedIn) = GeneratorTimings.Compile(sources);
        Row($"compiling {networks} networks in memory", generated, checkedIn);
        Memory(networks, GeneratorMemory.Of(sources));
        using var projects = new GeneratedProjects(sources);
        (generated, checkedIn) = projects.Build(builds, compilerServer: true);
        Row($"`dotnet build`, {networks} networks", generated, checkedIn);
        (generated, checkedIn) = projects.Build(builds, compilerServer: false);
        Row($"`dotnet build`, {networks} networks, no compiler server", generated, checkedIn);
    }

    static void Row(string name, double milliseconds, double? checkedIn = null) =>
        Console.WriteLine(checkedIn is { } other
            ? string.Create(CultureInfo.InvariantCulture, $"| {name} | {milliseconds:F1} ms | {other:F1} ms | {milliseconds / other:F2} |")
            : string.Create(CultureInfo.InvariantCulture, $"| {name} | {milliseconds:F2} ms | | |"));

    static void Memory(int networks, GeneratorMemory memory)
    {
        const double Megabyte = 1 << 20;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| memory that an editor keeps of the project, {networks} networks | {memory.Generated / Megabyte:F1} MB | {memory.CheckedIn / Megabyte:F1} MB | {(double)memory.Generated / memory.CheckedIn:F2} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| of it the generator's own, beside the emitted files | {memory.Driver / Megabyte:F1} MB | | |"));
    }

    static void Row(string name, EmittedSize size) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {size.Lines} | {size.ILBytes} | {size.LargestMethod} |"));
}
