using System.Globalization;
using System.Runtime.Intrinsics.X86;
using GenNet.Benchmarks;
using GenNet.Tests.Documentation;

namespace GenNet.Tests.Benchmarks;

/// <summary>Inner loops have the instructions that <c>docs/loops.md</c> says: a call that is no longer inlined or a register too few shows here before any clock does.</summary>
public class HotLoopTests
{
    const string Anew = "If that is meant: dotnet run -c Release --project tests/GenNet.Benchmarks -- loops >docs/loops.md";

    /// <summary>The figures of loops, and of methods for one sample, in the order of the tables' columns: instructions, multiply-adds, loads, stores, spills, and of methods the calls.</summary>
    static Dictionary<string, int[]> Loops(IEnumerable<string> page, int bits) => page
        .SkipWhile(line => line != $"## Vectors of {bits} bits").Skip(1).TakeWhile(line => !line.StartsWith("##", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[0], cells => cells.Skip(1).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture)).ToArray());

    /// <summary>The methods listed behind a table.</summary>
    static IEnumerable<string> OnStack(IEnumerable<string> page, int bits) => page
        .SkipWhile(line => line != $"## Vectors of {bits} bits").Skip(1).TakeWhile(line => !line.StartsWith("##", StringComparison.Ordinal))
        .Where(line => line.StartsWith("- `", StringComparison.Ordinal));

    [Fact]
    public void Inner_loops_are_those_of_the_table()
    {
        if (!Fma.IsSupported || Environment.Version.Major != 10)
            return; // The table is of x64 and of one JIT.
        var expected = Repository.Read("docs/loops.md").Split('\n');
        var actual = BenchmarksProgram.Run(new Dictionary<string, string>(), "loops");
        foreach (var bits in Avx512F.IsSupported ? new[] { 512, 256 } : [256])
        {
            var (table, now) = (Loops(expected, bits), Loops(actual, bits));
            Assert.True(table.Keys.Order().SequenceEqual(now.Keys.Order()),
                $"Loops and methods of {bits} bits that are gone: {string.Join(", ", table.Keys.Except(now.Keys))}; that are new: {string.Join(", ", now.Keys.Except(table.Keys))}. {Anew}");
            Assert.True(OnStack(actual, bits).All(OnStack(expected, bits).Contains), $"{bits} bits: a number goes from round to round on the stack, which is new: {string.Join(", ", OnStack(actual, bits).Except(OnStack(expected, bits)))}. {Anew}");
            Assert.All(table, loop =>
            {
                var (were, are) = (loop.Value, now[loop.Key]);
                int[] most = [were[0] + were[0] / 10 + 1, were[1], were[2] + 2, were[3], were[4] + 2, .. were.Skip(5)];
                Assert.True(are.Zip(most).All(pair => pair.First <= pair.Second) && are[1] == were[1], $"{loop.Key}, {bits} bits: {string.Join(", ", are)} where the table has {string.Join(", ", were)}. {Anew}");
            });
        }
    }

    /// <summary>Nested loops, of which the outer one is none; a load with the arithmetic, a store, an address that is no load, a spilled register, and a loop without arithmetic.</summary>
    [Fact]
    public void A_listing_is_understood()
    {
        var method = JitMethod.Read("""
            ; Assembly listing for method GenNet.Kernels.Tile:Product[GenNet.Simd.Simd512,GenNet.Kernels.Tile+Whole`1[GenNet.Simd.Simd512]](byref,int) (FullOpts)
            G_M000_IG01:                ;; offset=0x0000
                   push     rbp
            G_M000_IG02:                ;; offset=0x0004
                   vmovups  zmm0, zmmword ptr [rdi]
            G_M000_IG03:                ;; offset=0x0008
                   vbroadcastss zmm1, dword ptr [rsi]
                   vfmadd231ps zmm0, zmm1, zmmword ptr [rdx+0x40]
                   vaddps   zmm2, zmm2, zmm0
                   lea      rdx, [rdx+0x80]
                   mov      rax, qword ptr [rbp-0x28]
                   vmovups  zmmword ptr [rcx], zmm2
                   dec      eax
                   jne      SHORT G_M000_IG03
            G_M000_IG04:                ;; offset=0x0030
                   dec      r8d
                   jne      SHORT G_M000_IG02
            G_M000_IG05:                ;; offset=0x0038
                   inc      r9
                   cmp      r9, r10
                   jl       SHORT G_M000_IG05
            """.Split('\n')).Last();
        var loop = Assert.Single(HotLoop.Of(method));
        Assert.Equal("Tile.Product[Simd512, Whole[Simd512]] 1", loop.Name);
        Assert.Equal((8, 1, 2, 1, 1), (loop.Counts.Instructions, loop.Counts.MultiplyAdds, loop.Counts.Loads, loop.Counts.Stores, loop.Counts.Spills));
    }

    /// <summary>A sum on the stack, a sum in a register, one across a call, and what is written before it is read.</summary>
    [Theory]
    [InlineData("vmovsd   xmm0, qword ptr [rbp-0x08]", "vaddsd   xmm0, xmm0, qword ptr [rax]", "vmovsd   qword ptr [rbp-0x08], xmm0", true)]
    [InlineData("vaddsd   xmm0, xmm0, qword ptr [rbp-0x08]", "inc      eax", "vmovsd   qword ptr [rbp-0x08], xmm0", true)]
    [InlineData("vmovsd   xmm1, qword ptr [rbp-0x10]", "vaddsd   xmm0, xmm0, xmm1", "vmovsd   qword ptr [rbp-0x08], xmm0", false)]
    [InlineData("vmovsd   xmm0, qword ptr [rbp-0x08]", "call     [Of]", "vmovsd   qword ptr [rbp-0x08], xmm0", false)]
    [InlineData("vmovups  zmmword ptr [rbp-0x08], zmm0", "vmovups  zmm1, zmmword ptr [rbp-0x08]", "vaddps   zmm0, zmm0, zmm1", false)]
    public void A_number_on_the_stack_is_seen(string first, string second, string third, bool carried) =>
        Assert.Equal(carried, JitMethod.Read(
        [
            "; Assembly listing for method GenNet.Kernels.Sums:Mean(ptr,int):double (FullOpts)", "G_M000_IG01:  ;; offset=0x0000", $"       {first}", $"       {second}", $"       {third}", "       jne      SHORT G_M000_IG01"
        ]).Last().CarriesOnStack);
}
