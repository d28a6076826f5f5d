using System.Runtime.CompilerServices;
using GenNet.Tests.Generation;

namespace GenNet.Tests.Typed;

/// <summary>The emitted code of networks that between them show every way in which values become numbers and numbers values.</summary>
public class TypedSnapshotTests
{
    [Fact]
    public void Classifier() => Verify("""
        namespace Samples;

        public readonly record struct Flower([Scale(0, 8)] float Length, [Standardize(1.5, 0.1)] double Width, [IgnoreFeature] string Name, Colour Colour, bool Scented);

        public enum Colour { White, Red, Blue }

        public enum Species { Rose, Tulip, Equals }

        [Network<Flower, Species>(8)]
        public sealed partial class FlowerNet;
        """);

    [Fact]
    public void Bool_from_internal_types() => Verify("""
        internal struct Pixel { public byte Red, Green, Blue; }

        [Network<Pixel, bool>]
        [Dense(8)]
        [BatchNorm(Activation.ReLU)]
        public partial class SkinNet;
        """);

    [Fact]
    public void Several_bools() => Verify("""
        namespace Samples
        {
            static partial class Program
            {
                private record struct Keys(bool Left, bool Right, Buttons Buttons);

                public struct Buttons { public bool @fixed { get; set; } }

                [Network<System.Numerics.Vector2, Keys>]
                private partial class KeyNet;
            }
        }
        """);

    [Fact]
    public void Numbers_of_all_kinds() => Verify("""
        public record struct Pair<T>(T First, T Second);

        public struct Values
        {
            [Scale(-1, 1)] public float Float;
            public double Double;
            [Standardize(0, 10)] public decimal Decimal;
            public System.Half Half { get; init; }
            [Scale(18, 90)] public int Int;
            public Pair<byte> Bytes;
            public (long, float) Tuple;
        }

        [Network<Values, Values>(4, Output = Activation.Tanh, Loss = Loss.Huber)]
        public partial class ValuesNet;
        """);

    [Fact]
    public void Several_heads() => Verify("""
        namespace Samples;

        public readonly record struct Sensors([Scale(0, 10)] float Distance, bool Blocked);

        public record struct Decision([Scale(-30, 30)] float Turn, Move Move, Keys Keys, double Throttle, bool Sure);

        public record struct Keys(bool Jump, bool Duck);

        public enum Move { Left, Stay, Right }

        [Network<Sensors, Decision>(8)]
        [Head("Move")]
        [Head("Drive", Output = Activation.Tanh, Loss = Loss.Huber, Weight = 0.5)]
        [Dense(4)]
        [Head("Keys")]
        [Head("Sure")]
        public sealed partial class PilotNet;
        """);

    static void Verify(string source, [CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        Snapshot.Verify(GeneratorHarness.Run("#pragma warning disable CS0649, CS1591\n" + source).Compiles().Sources, file, method);
}
