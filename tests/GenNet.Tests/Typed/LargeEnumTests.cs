using System.Globalization;
using System.Reflection;
using GenNet.Shared;

namespace GenNet.Tests.Typed;

/// <summary>In emitted code an enum of few members is a switch, one of many a table: whatever its type, both do the same.</summary>
public class LargeEnumTests
{
    [Theory]
    [InlineData(typeof(sbyte), 64)]
    [InlineData(typeof(sbyte), 65)]
    [InlineData(typeof(int), 300)]
    [InlineData(typeof(long), 64)]
    [InlineData(typeof(long), 65)]
    [InlineData(typeof(ulong), 64)]
    [InlineData(typeof(ulong), 65)]
    public void Members_have_the_order_of_their_values_and_nothing_else_is_one(Type underlying, int members)
    {
        ArgumentNullException.ThrowIfNull(underlying);
        decimal Limit(string name) => Convert.ToDecimal(underlying.GetField(name)!.GetValue(null), CultureInfo.InvariantCulture);
        var (least, most) = (Limit(nameof(int.MinValue)), Limit(nameof(int.MaxValue)));

        // From the least number to the most, with gaps between, declared from the last to the first.
        decimal[] values = [.. Enumerable.Range(0, members).Select(i => least + Math.Floor((most - least) * i / (members - 1)))];
        var caller = Compile(underlying.Name, values);
        object Member(decimal value) => Enum.ToObject(caller.GetMethod("Label")!.GetParameters()[0].ParameterType, Convert.ChangeType(value, underlying, CultureInfo.InvariantCulture));
        object Call(string method, object argument) => caller.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [argument], null)!;

        for (var i = 0; i < members; i++)
        {
            Assert.Equal(i, Call("Feature", Member(values[i])));
            Assert.Equal(i, Call("Label", Member(values[i])));
            Assert.Equal(Member(values[i]), Call("Predicted", i));
        }
        foreach (var (i, distance) in new[] { (0, 1), (members / 2, -1), (members / 2, 1), (members - 1, -1) })
        {
            var stranger = Member(values[i] + distance);
            foreach (var (method, where) in new[] { ("Feature", "E"), ("Label", "E") })
            {
                var exception = Assert.Throws<ArgumentOutOfRangeException>("value", () => Call(method, stranger));
                Assert.StartsWith($"{where} is {values[i] + distance}, which is no member of E.", exception.Message, StringComparison.Ordinal);
                Assert.Equal(stranger, exception.ActualValue);
            }
        }
    }

    static Type Compile(string underlying, decimal[] values) => InMemoryCompiler.Load($$"""
        #pragma warning disable CS1591
        using GenNet;
        public enum E : System.{{underlying}} { {{string.Join(", ", values.Select((value, i) => $"M{i} = {value.ToString(CultureInfo.InvariantCulture)}").Reverse())}} }

        [Network<E, E>]
        public partial class Net;

        public static class Caller
        {
            public static int Feature(E value)
            {
                var x = new float[Net.InputSize];
                Net.WriteFeatures(value, x);
                return System.Array.IndexOf(x, 1f);
            }

            public static int Label(E value) => Net.CreateDataset(new[] { (E.M0, value) }).Labels[0];

            public static E Predicted(int output)
            {
                var net = new Net(1);
                net.Layer1.Biases[output] = 100;
                return net.Predict(E.M0);
            }
        }
        """).GetType("Caller", throwOnError: true)!;
}
