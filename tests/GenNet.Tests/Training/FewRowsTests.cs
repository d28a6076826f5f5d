using System.Globalization;
using GenNet.Shared;
using GenNet.Tests.Reference;

namespace GenNet.Tests.Training;

/// <summary>Batches of a few rows, which have tiles and ways of their own: the bits of each sample alone, in inference and in training.</summary>
public sealed class FewRowsTests
{
    static readonly int[] Widths = [1, 3, 4, 5, 8, 9, 15, 16, 17, 31, 32, 33, 40, 63, 64, 65, 100, 128, 130, 200];

    const int MostRows = 20;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory, MemberData(nameof(Seeds))]
    public void Any_number_of_rows_has_the_bits_of_one(int seed)
    {
        var random = new RandomStream((ulong)seed);
        int[] sizes = [.. Enumerable.Range(0, 4).Select(_ => Widths[random.NextInt32(Widths.Length)])];
        var network = InMemoryCompiler.Create(InMemoryCompiler.Load(string.Create(CultureInfo.InvariantCulture,
            $"using GenNet;\n/// <summary>A test's network.</summary>\n[Network({string.Join(", ", sizes)}, Hidden = Activation.{(seed % 2 == 0 ? "Tanh" : "LeakyReLU")})]\npublic partial class Few;\n")), "Few", seed: 3);
        float[] inputs = Numbers(MostRows * sizes[0]), targets = Numbers(MostRows * sizes[^1]), expected = new float[MostRows * sizes[^1]];
        for (var row = 0; row < MostRows; row++)
            network.Forward(inputs.AsSpan(row * sizes[0], sizes[0]), expected.AsSpan(row * sizes[^1], sizes[^1]));
        for (var rows = 1; rows <= MostRows; rows++)
        {
            var (x, y) = (inputs[..(rows * sizes[0])], targets[..(rows * sizes[^1])]);
            var outputs = new float[rows * sizes[^1]];
            network.ForwardBatch(x, outputs);
            Assert.Equal(expected[..outputs.Length], outputs);
            var trainer = network.CreateTrainer(new Sgd(0.1), rows, inputGradients: true);
            Assert.Equal(expected[..outputs.Length], trainer.Forward(x).ToArray());

            // Gradients are those of the naive network, which knows no tile, and a step is what they make.
            trainer.Backward(x, y);
            var (_, gradients, ofInputs, _) = new NaiveModel(network).LossAndGradients(Rows(x, sizes[0]), Rows(y, sizes[^1]), [.. Enumerable.Repeat(1.0, rows)]);
            foreach (var (tensor, index) in trainer.GradientBlock.Tensors.Select((tensor, index) => (tensor, index)))
                Close.AssertEqual($"{rows} rows: {tensor.Name}", gradients[index], Values(tensor), 1e-4);
            Close.AssertEqual($"{rows} rows: inputs", ofInputs, trainer.InputGradients.ToArray(), 1e-4);
            var (updated, stepped) = (Copy(), Copy());
            var (first, second) = (updated.CreateTrainer(new Sgd(0.1), rows), stepped.CreateTrainer(new Sgd(0.1), rows));
            first.Backward(x, y);
            first.Update();
            second.Step(x, y);
            Assert.Equal(updated.Hash(), stepped.Hash());
        }

        INetwork Copy() => InMemoryCompiler.Create(network.GetType().Assembly, "Few", seed: 3);

        static float[] Values(ParameterTensor tensor)
        {
            var values = new float[tensor.Length];
            tensor.CopyTo(values);
            return values;
        }

        static double[][] Rows(float[] values, int width) => [.. values.Select(value => (double)value).Chunk(width)];

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
    }
}
