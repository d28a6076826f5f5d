using GenNet.Tests.Generation;

namespace GenNet.Tests.Architecture;

[Network(784, 128, 64, 10, Output = Activation.Softmax)]
sealed partial class SummarizedClassifier;

[Network(5)]
[LayerNorm]
[Dense(5)]
[Residual(2, Activation.Tanh)]
[BatchNorm(Activation.ReLU)]
[Dropout(0.5)]
[Dense(3000, Activation.Sigmoid)]
sealed partial class SummarizedKinds;

/// <summary>What a network says of itself.</summary>
public class ArchitectureTests
{
    [Fact]
    public void Summary_of_a_classifier() => Assert.Equal("""
        Model: "SummarizedClassifier"
        ____________________________________________________
        Layer (type)     Output Shape   Activation   Param #
        ====================================================
        Layer1 (Dense)   (None, 128)    ReLU         100,480
        Layer2 (Dense)   (None, 64)     ReLU           8,256
        Layer3 (Dense)   (None, 10)     Softmax          650
        ====================================================
        Total params: 109,386 (427.29 KB)
        Trainable params: 109,386 (427.29 KB)
        Non-trainable params: 0 (0.00 B)
        ____________________________________________________

        """, SummarizedClassifier.Summary);

    [Fact]
    public void Summary_of_every_kind_of_layer() => Cultures.InSwedish(() => Assert.Equal("""
        Model: "SummarizedKinds"
        ________________________________________________________________________
        Layer (type)         Output Shape   Activation   Param #   Connected to
        ========================================================================
        Layer1 (LayerNorm)   (None, 5)                        10   input
        Layer2 (Dense)       (None, 5)                        30   Layer1
        Layer3 (Residual)    (None, 5)      Tanh               0   Layer2, input
        Layer4 (BatchNorm)   (None, 5)      ReLU              20   Layer3
        Layer5 (Dropout)     (None, 5)                         0   Layer4
        Layer6 (Dense)       (None, 3000)   Sigmoid       18,000   Layer5
        ========================================================================
        Total params: 18,060 (70.55 KB)
        Trainable params: 18,050 (70.51 KB)
        Non-trainable params: 10 (40.00 B)
        ________________________________________________________________________

        """, SummarizedKinds.Summary));

    /// <summary>Height, width and channels, as Keras has them, until one row is made of all.</summary>
    [Fact]
    public void Images_are_shown_with_their_sides()
    {
        foreach (var shape in new[] { "Layer1 (Dense)      (None, 4, 3, 3)", "Layer2 (LayerNorm)  (None, 4, 3, 3)", "A.Layer3 (Conv2D)   (None, 4, 3, 3)", "A.Layer4 (MaxPool2D) (None, 3)", "B.Layer5 (Dense)    (None, 4, 3, 2)", "B.Layer6 (Flatten)  (None, 24)" })
            Assert.Contains(Spaceless(shape), Spaceless(Files.PixelsThenRows.Summary), StringComparison.Ordinal);
        foreach (var node in new[] { "input<br/>4 × 3 × 2", "Dense 4 × 3 × 2 → 4 × 3 × 3", "Conv2D 4 × 3 × 3 → 4 × 3 × 3", "MaxPool2D 4 × 3 × 3 → 3<", "Flatten 4 × 3 × 2 → 24" })
            Assert.Contains(node.TrimEnd('<'), Files.PixelsThenRows.MermaidDiagram, StringComparison.Ordinal);
        Assert.Contains("(None, 9, 4)", Files.RowOfSteps.Summary, StringComparison.Ordinal);
    }

    static string Spaceless(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    [Fact]
    public void Diagram() => Cultures.InSwedish(() => Assert.Equal("""
        flowchart TD
            layer0(["input<br/>5"])
            layer1["LayerNorm 5 → 5<br/>10 parameters"]
            layer0 --> layer1
            layer2["Dense 5 → 5<br/>30 parameters"]
            layer1 --> layer2
            layer3["Residual 5 → 5<br/>Tanh"]
            layer2 --> layer3
            layer0 --> layer3
            layer4["BatchNorm 5 → 5<br/>ReLU<br/>10 parameters"]
            layer3 --> layer4
            layer5["Dropout 5 → 5"]
            layer4 --> layer5
            layer6["Dense 5 → 3000<br/>Sigmoid<br/>18,000 parameters"]
            layer5 --> layer6
            loss(["BinaryCrossEntropy"])
            layer6 -.-> loss

        """, SummarizedKinds.MermaidDiagram));
}
