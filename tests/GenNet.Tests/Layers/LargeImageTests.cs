using GenNet.Shared;

namespace GenNet.Tests.Layers;

/// <summary>Images that take more multiply-adds than an int counts, and more values than a row may have.</summary>
public sealed class LargeImageTests
{
    [Fact]
    public void Numbers_of_large_images_are_those_of_their_layers()
    {
        var assembly = InMemoryCompiler.Load("""
            using GenNet;
            /// <summary>More than 2³¹ multiply-adds.</summary>
            [Network] [Image(90, 90, 8)] [Conv2D(8, 41, Padding = Padding.Same)] [Conv2D(8, 41, Padding = Padding.Same)] [Conv2D(8, 41, Padding = Padding.Same)] [GlobalAveragePool2D] [Dense(2)] public partial class Slow;
            /// <summary>262,144 values of a sample.</summary>
            [Network] [Image(128, 128, 3)] [Conv2D(16, 3, Activation.ReLU, Padding = Padding.Same)] [BatchNorm] [MaxPool2D(4)] [Conv2D(4, 3, Stride = 2)] [Flatten] [Dense(3, Activation.Softmax)] public partial class Wide;
            """);
        foreach (var name in new[] { "Slow", "Wide" })
            Assert.Equal(InMemoryCompiler.Create(assembly, name, 1).Architecture.MultiplyAdds, (long)assembly.GetType(name)!.GetField("MultiplyAdds")!.GetRawConstantValue()!);
        Assert.Equal(3L * 90 * 90 * 8 * 8 * 41 * 41 + 8 * 2, (long)assembly.GetType("Slow")!.GetField("MultiplyAdds")!.GetRawConstantValue()!);

        var wide = InMemoryCompiler.Create(assembly, "Wide", 1);
        var random = new RandomStream(1);
        var (inputs, labels) = (new float[6 * wide.InputSize], new[] { 0, 1, 2, 0, 1, 2 });
        random.NextNormals(inputs);
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] += labels[i / wide.InputSize] * 0.3f;
        var trainer = wide.CreateTrainer(new Adam(0.01), 6);
        var before = trainer.Step(inputs, labels);
        for (var step = 0; step < 12; step++)
            trainer.Step(inputs, labels);
        Assert.InRange(trainer.Loss(inputs, labels), 0, before / 2);
    }
}
