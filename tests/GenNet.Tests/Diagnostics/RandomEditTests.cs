using System.Text.RegularExpressions;
using GenNet.Shared;
using GenNet.Tests.Generation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Tests.Diagnostics;

/// <summary>After any edits the generator has written what it would write of the program afresh.</summary>
/// <remarks>Without Roslyn's record of steps, which throws when an output is added for an input that did not change; <see cref="CachingTests"/> looks at steps.</remarks>
public partial class RandomEditTests
{
    const int Projects = 4, Files = 2, Edits = 10;

    [Fact]
    public void Nothing_is_stale_after_random_edits()
    {
        var (written, changed) = (0, 0);
        for (var seed = 0; seed < Projects * LongForm.Times; seed++)
        {
            var (random, text) = (new Random(seed), new RandomText(seed));
            var files = Enumerable.Range(0, Files).Select(file => Whole(text, file)).ToArray();
            var compilation = GeneratorHarness.CreateCompilation(files);
            var weights = new WeightsDescription(Weights(8));
            var driver = InMemoryCompiler.Driver(tracksSteps: false).AddAdditionalTexts([weights]).RunGenerators(compilation);
            for (var edit = 0; edit < Edits; edit++)
            {
                var file = random.Next(Files);
                switch (random.Next(8))
                {
                    case 0:
                        compilation = compilation.WithOptions(compilation.Options.WithOptimizationLevel((OptimizationLevel)random.Next(2)));
                        break;
                    case 1:
                        var changedWeights = new WeightsDescription(Weights(7 + random.Next(2)));
                        driver = driver.ReplaceAdditionalText(weights, changedWeights);
                        weights = changedWeights;
                        break;
                    default:
                        files[file] = random.Next(3) switch { 0 => Whole(text, file), 1 => text.Slip(files[file]), _ => Beside(random, files[file]) };
                        var old = compilation.SyntaxTrees.Single(tree => tree.FilePath == $"File{file}.cs");
                        compilation = compilation.ReplaceSyntaxTree(old, GeneratorHarness.Parse(files[file], old.FilePath));
                        break;
                }
                var before = Written(driver);
                driver = driver.RunGenerators(compilation);
                var after = Written(driver);
                var fresh = Written(InMemoryCompiler.Driver(tracksSteps: false).AddAdditionalTexts([weights]).RunGenerators(compilation));
                Assert.True(fresh.SequenceEqual(after), $"Seed {seed}, edit {edit}:\n{string.Join("\n----\n", files)}");
                written += after.Count;
                changed += before.SequenceEqual(after) ? 0 : 1;
            }
        }
        Assert.True(written > Edits && changed > Edits, $"{written} files were written, {changed} times others.");
    }

    /// <summary>Programs that have networks of the same name do not meet, for the most part.</summary>
    static string Whole(RandomText text, int file) => $"namespace F{file}\n{{\n{text.Whole()}\n}}\n";

    /// <summary>The text with a change of what stands beside the layers of a network, and matters to what is emitted all the same.</summary>
    static string Beside(Random random, string text)
    {
        string[] members = ["public override string ToString() => \"own\";", "static int Shape1 => 1;", "public int Layer1 => 1;", "public Net(ulong? seed) : this(seed ?? 1) { }"];
        return random.Next(5) switch
        {
            0 or 4 => Class().Replace(text, match => $"{match.Groups[1]}{{ {members[random.Next(members.Length)]} {(match.Value[^1] == ';' ? "}" : "")}", 1),
            1 => Attribute().Replace(text, "$1, Health = true)]", 1),
            2 => Attribute().Replace(text, "$1, Loss = Loss.Huber)]", 1),
            _ => Attribute().Replace(text, "/// <summary>Own.</summary>\n$0", 1),
        };
    }

    [GeneratedRegex(@"(\[(?:global::GenNet\.)?Network[^\]]*?)\)\]")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"(partial class (?:Net|\w+\d)\s*)[;{]")]
    private static partial Regex Class();

    static string Weights(int units) =>
        $"name policy.safetensors\nlength 500\ntensor F32 100 {units},4 0.weight\ntensor F32 228 {units} 0.bias\ntensor F16 260 2,{units} 2.weight\ntensor F64 292 2 2.bias";

    static IReadOnlyList<string> Written(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return [.. result.GeneratedSources.Select(source => $"{source.HintName}\n{source.SourceText}").Concat(result.Diagnostics.Select(diagnostic => diagnostic.ToString())).Order(StringComparer.Ordinal)];
    }
}
