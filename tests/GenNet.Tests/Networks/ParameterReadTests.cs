using System.Reflection;

namespace GenNet.Tests.Networks;

[Network(6)]
[Dense(40)]
[BatchNorm(Activation.Tanh)]
[Dense(30)]
[BatchNorm(Activation.ReLU)]
[LayerNorm]
[Dense(4)]
sealed partial class ReadNet;

/// <summary>Who reads parameters writes nothing, whatever way he reads: others may be predicting.</summary>
public class ParameterReadTests
{
    static readonly float[] Inputs = [.. Enumerable.Range(0, 12 * 6).Select(i => MathF.Sin(i))];

    /// <summary>Every way to read.</summary>
    static readonly Action<ReadNet>[] Reads =
    [
        network => _ = network.Layer1.Weights[3, 2],
        network => network.Layer1.Weights.CopyTo(new float[240]),
        network => _ = network.Layer1.Biases[3],
        network => _ = network.Layer1.Biases.Length,
        network => network.Layer1.Biases.CopyTo(new float[40]),
        network => network.Layer1.Biases.ToArray(),
        network => network.Layer1.Biases.AsSpan(),
        network => ((ReadOnlySpan<float>)network.Layer1.Biases).ToArray(),
        network => _ = network.Layer2.Scales[1] + network.Layer2.Shifts[1] + network.Layer2.RunningMeans[1] + network.Layer2.RunningVariances[1],
        network => _ = network.Parameters.Norm(1).Scales[0],
        network => _ = network.Parameters.Norm(4).Scales[0],
        network => _ = network.Parameters.Dense(0).Weights,
        network => _ = network.Parameters.Tensors.Count,
        network => _ = network.Parameters.Tensors[0][39, 5] + network.Parameters.Tensors[1][39],
        network => _ = network.Parameters.Norm() + network.Parameters.DistanceTo(network.Parameters),
        network => network.Clone(),
        network => new ReadNet(2).Parameters.CopyMatching(network.Parameters),
        network =>
        {
            foreach (var tensor in network.Parameters.Tensors)
                tensor.CopyTo(new float[tensor.Length]);
        },
        network => network.Hash(),
        network => network.Save(new MemoryStream()),
        network => new ReadNet(2).Parameters.CopyFrom(network.Parameters),
    ];

    [Fact]
    public void No_reader_changes_the_parameters()
    {
        var network = new ReadNet(1);
        var version = typeof(ParameterBlock).GetProperty("Version", BindingFlags.Instance | BindingFlags.NonPublic)!;
        var before = version.GetValue(network.Parameters);
        for (var i = 0; i < Reads.Length; i++)
        {
            Reads[i](network);
            Assert.True(Equals(before, version.GetValue(network.Parameters)), $"Reader {i} counts as a change.");
        }
    }

    [Fact]
    public void Predictions_are_right_while_others_read()
    {
        var network = new ReadNet(1);
        var trainer = network.CreateTrainer(new Sgd(0.1), 12);
        for (var step = 0; step < 10; step++)
            trainer.Step(Inputs, new float[12 * 4]);
        var expected = new float[12 * 4];
        network.ForwardBatch(Inputs, expected);
        var (done, wrong) = (false, 0);
        var readers = new[] { 0, 1 }.Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref done))
                foreach (var read in Reads)
                    read(network);
        })).ToArray();
        // Another who predicts is the one under whom the weights would be folded anew.
        readers[1] = new Thread(() =>
        {
            var others = new float[12 * 4];
            while (!Volatile.Read(ref done))
                network.ForwardBatch(Inputs, others);
        });
        foreach (var reader in readers)
            reader.Start();
        var outputs = new float[12 * 4];
        for (var until = Environment.TickCount64 + 300; Environment.TickCount64 < until;)
        {
            network.ForwardBatch(Inputs, outputs);
            for (var sample = 0; sample < 12; sample++)
                network.Forward(Inputs.AsSpan(6 * sample, 6), outputs.AsSpan(4 * sample, 4));
            wrong += outputs.AsSpan().SequenceEqual(expected) ? 0 : 1;
        }
        Volatile.Write(ref done, true);
        foreach (var reader in readers)
            reader.Join();
        Assert.Equal(0, wrong);
    }

    /// <summary>Every way to write counts at once.</summary>
    [Fact]
    public void Whatever_is_written_counts()
    {
        Action<ReadNet>[] writes =
        [
            network => network.Layer1.Weights[0, 1] += 1,
            network => network.Layer1.Weights.CopyFrom(new float[240]),
            network => network.Layer1.Biases[0] -= 1,
            network => network.Layer1.Biases.Fill(0.5f),
            network => network.Layer1.Biases.CopyFrom(Inputs.AsSpan(0, 40)),
            network => network.Layer1.Biases.Clear(),
            network => network.Layer2.RunningMeans[2] = 3,
            network => network.Layer2.RunningVariances.Fill(3),
            network => network.Layer4.Shifts.Fill(0.25f),
            network => network.Layer4.Scales.Fill(7),
            network => network.Parameters.Tensors[0][0, 1] += 1,
            network => network.Parameters.Tensors[1][0] -= 1,
            network => network.Parameters.CopyMatching(new ReadNet(3).Parameters),
            network => network.Parameters.CopyFrom(new ReadNet(4).Parameters, 2..),
        ];
        var network = new ReadNet(1);
        float[] before = new float[4], after = new float[4];
        foreach (var write in writes)
        {
            network.Forward(Inputs.AsSpan(0, 6), before);
            write(network);
            network.Forward(Inputs.AsSpan(0, 6), after);
            Assert.NotEqual(before, after);
        }
        Assert.Throws<ArgumentException>(() => network.Layer1.Biases.CopyFrom(new float[39]));
        Assert.Throws<ArgumentException>(() => network.Layer1.Biases.CopyTo(new float[41]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Layer1.Biases[40]);
        Assert.Equal(0, network.Parameters.Norm(4).RunningMeans.Length);
    }
}
