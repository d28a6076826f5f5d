namespace GenNet.Tests.Generation;

/// <summary>The generated code of typical networks, read line by line before it was accepted.</summary>
public class SnapshotTests
{
    const string Pending = "The emitter writes no code yet.";

    [Fact(Skip = Pending)]
    public void Perceptron() => Verify("[Network(2, 1)]");

    [Fact(Skip = Pending)]
    public void Classifier() => Verify("[Network(784, 128, 64, 10, Hidden = Activation.ReLU, Output = Activation.Softmax)]");

    [Fact(Skip = Pending)]
    public void Binary_classifier() => Verify("[Network(30, 16, 1, Hidden = Activation.Tanh, Output = Activation.Sigmoid)]");

    [Fact(Skip = Pending)]
    public void Classifier_from_logits() => Verify("[Network(20, 24, 4, Loss = Loss.CrossEntropy)]");

    [Fact(Skip = Pending)]
    public void Binary_classifier_from_logits() => Verify("[Network(8, 8, 3, Loss = Loss.BinaryCrossEntropy)]");

    [Fact(Skip = Pending)]
    public void Robust_regression() => Verify("[Network(13, 32, 1, Hidden = Activation.GELU, Loss = Loss.Huber)]");

    [Fact(Skip = Pending)]
    public void Absolute_error_with_odd_sizes() => Verify("[Network(3, 5, 7, Hidden = Activation.LeakyReLU, Output = Activation.HardTanh, Loss = Loss.MeanAbsoluteError)]");

    [Fact(Skip = Pending)]
    public void Single_wide_layer() => Verify("[Network(256, 100, Output = Activation.HardSigmoid, Init = Initializer.Orthogonal)]");

    [Fact(Skip = Pending)]
    public void Layers_that_differ() => Verify("""
        [Network(16, Init = Initializer.HeUniform)]
        [Dense(32, Activation.SiLU)]
        [Dense(9, Activation.Softplus, Init = Initializer.LeCunNormal)]
        [Dense(17, Activation.ELU)]
        [Dense(6, Activation.Softmax)]
        """);

    [Fact(Skip = Pending)]
    public void Nested_in_a_generic_class() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace My.App;

        static partial class Models<T>
        {
            [Network(4, 8, 2)]
            internal sealed partial class Net;
        }
        """).Compiles().Sources);

    static void Verify(string attributes, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Verify(GeneratorHarness.Run($"{attributes}\nsealed partial class Net;").Compiles().Sources, method: method);
}
