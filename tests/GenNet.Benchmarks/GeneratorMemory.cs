using System.Runtime.CompilerServices;
using GenNet.Shared;
using Microsoft.CodeAnalysis;

namespace GenNet.Benchmarks;

/// <summary>What an editor keeps in memory of a project that is open, in bytes.</summary>
/// <param name="Generated">Of the compilation, bound, with the emitted files and the generator's driver.</param>
/// <param name="CheckedIn">Of the compilation, bound, with the same code as the user's own.</param>
/// <param name="Driver">Of the driver, beside the emitted files.</param>
sealed record GeneratorMemory(long Generated, long CheckedIn, long Driver)
{
    public static GeneratorMemory Of(string[] sources)
    {
        string[] both = [.. sources, .. GeneratorTimings.Emitted(sources).Values];
        // References are read once and belong to nobody.
        _ = Bound(GeneratorTimings.Compilation(both));
        var checkedIn = Kept(() => Bound(GeneratorTimings.Compilation(both)));
        var compilation = Kept(() => Generate(sources).Compilation);
        var generated = Kept(() => (object)Generate(sources));
        return new(generated, checkedIn, generated - compilation);
    }

    /// <summary>In an editor nobody asks what each step did.</summary>
    static (GeneratorDriver Driver, Compilation Compilation) Generate(string[] sources)
    {
        var driver = InMemoryCompiler.Driver(tracksSteps: false).RunGeneratorsAndUpdateCompilation(GeneratorTimings.Compilation(sources), out var compilation, out _);
        return (driver, Bound(compilation));
    }

    static Compilation Bound(Compilation compilation)
    {
        _ = compilation.GetDiagnostics();
        return compilation;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static long Kept(Func<object> create)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var kept = create();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(kept);
        return after - before;
    }
}
