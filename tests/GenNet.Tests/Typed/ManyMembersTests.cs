using System.Globalization;
using GenNet.Tests.Generation;

namespace GenNet.Tests.Typed;

/// <summary>Few members of an enum are a switch, many a table: both count the same, on either side of the limit.</summary>
public class ManyMembersTests
{
    [Theory]
    [InlineData(63, "int", -7)]
    [InlineData(64, "long", long.MinValue)]
    [InlineData(65, "long", long.MinValue)]
    [InlineData(64, "ulong", long.MaxValue)]
    [InlineData(65, "ulong", long.MaxValue)]
    [InlineData(256, "sbyte", sbyte.MinValue)]
    [InlineData(300, "short", -400)]
    public void A_member_has_its_place_and_comes_back(int members, string type, long first)
    {
        // Written backwards, with gaps where the type has room.
        var step = type == "sbyte" ? 1 : 3;
        var values = Enumerable.Range(0, members).Select(i => ((decimal)first + i * step).ToString(CultureInfo.InvariantCulture)).ToList();
        using var program = GeneratorHarness.Run($$"""
            #pragma warning disable CS1591
            public enum E : {{type}} { {{string.Join(", ", values.Select((value, i) => $"M{i} = {value}").Reverse())}} }
            [Network<E, E>] public partial class Net;
            public static class Probe
            {
                public static string Run()
                {
                    E[] members = [{{string.Join(", ", values.Select((_, i) => $"E.M{i}"))}}];
                    var net = new Net(1);
                    float[] x = new float[members.Length], y = new float[members.Length];
                    for (var i = 0; i < members.Length; i++)
                    {
                        x.AsSpan().Fill(float.NaN);
                        Net.WriteFeatures(in members[i], x);
                        if (x[i] != 1 || System.Linq.Enumerable.Sum(x) != 1)
                            return $"{members[i]} is not at place {i}";
                        net.Layer1.Biases[i] = 100;
                        net.Forward((ReadOnlySpan<float>)x, y);
                        if (net.Predict(members[i], out var probabilities) != members[i] || net.Predict(members[i]) != members[i])
                            return $"place {i} is not {members[i]}";
                        for (var j = 0; j < members.Length; j++)
                            if (probabilities[members[j]] != y[j])
                                return $"the probability of {members[j]} is another";
                        net.Layer1.Biases[i] = 0;
                    }
                    return "right";
                }

                public static bool Refuses(long value)
                {
                    try
                    {
                        Net.WriteFeatures((E)value, new float[Net.InputSize]);
                        return false;
                    }
                    catch (ArgumentOutOfRangeException)
                    {
                        return true;
                    }
                }
            }
            """).CompileAndLoad();
        Assert.Equal("right", program.Call<string>("Probe", "Run"));
        Assert.True(step == 1 || program.Call<bool>("Probe", "Refuses", first + 1));
    }
}
