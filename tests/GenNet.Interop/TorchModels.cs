namespace GenNet.Interop;

[Network(5, 8, 3)]
public sealed partial class TorchMlp;

[Network(6)]
[Dense(6, Activation.Sigmoid)]
[Dense(6, Activation.Tanh)]
[Dense(6, Activation.ReLU)]
[Dense(6, Activation.LeakyReLU)]
[Dense(6, Activation.ELU)]
[Dense(6, Activation.GELU)]
[Dense(6, Activation.SiLU)]
[Dense(6, Activation.Softplus)]
[Dense(6, Activation.HardSigmoid)]
[Dense(6, Activation.HardTanh)]
[Dense(4, Activation.Softmax)]
public sealed partial class TorchActivations;

[Network(5)]
[Dense(8, Activation.Identity)]
[BatchNorm(Activation.ReLU, Epsilon = 1e-3)]
[Dense(8, Activation.GELU)]
[Dropout(0.3)]
[Dense(8, Activation.Identity)]
[Residual(3)]
[LayerNorm(Activation.Tanh)]
[Dense(3, Activation.Identity)]
public sealed partial class TorchNormalized;

[Network(5)]
[Dense(8, Activation.Tanh)]
[Head("Policy", Loss = Loss.CrossEntropy)]
[Dense(6, Activation.ReLU)]
[Dense(3, Activation.Softmax)]
[Head("Value", Weight = 0.5)]
[LayerNorm]
[Dense(1)]
public sealed partial class TorchHeads;

[Network]
[Image(6, 5, 2)]
[BatchNorm]
[Conv2D(4, 3, Activation.GELU, Stride = 2, PaddingSize = 1)]
[Conv2D(4, 3, Activation.SiLU, Padding = Padding.Same)]
[Conv2D(4, 1)]
[Residual(2)]
[AveragePool2D(2, Stride = 1, PaddingSize = 1, CountsPadding = true)]
[GlobalAveragePool2D]
[Dense(3, Activation.Softmax)]
public sealed partial class TorchImages;

[Network]
[Image(8, 7, 3)]
[Conv2D(6, 3, Activation.ReLU, PaddingSize = 1)]
[MaxPool2D(2)]
[Conv2D(8, 3, 2, Activation.Tanh)]
[Flatten]
[Dense(5, Activation.ReLU)]
[Dense(3)]
public sealed partial class TorchLeNet;

[Network]
[Image(5, 6)]
[Conv2D(4, 3, Activation.ReLU)]
[GlobalAveragePool2D]
[Dense(3)]
public sealed partial class TorchImageMean;

[Network]
[Image(3, 4, 2)]
[ZeroPadding2D(0, 2, 1, 0)]
[Conv2D(4, 2, Activation.Tanh)]
[UpSampling2D(2)]
[Conv2DTranspose(3, 3, Stride = 2, PaddingSize = 1, OutputPadding = 1)]
[BatchNorm(Activation.ReLU)]
[UpSampling2D(1, 2, Interpolation = Interpolation.Bilinear)]
[Conv2DTranspose(2, 2, Activation.GELU)]
[ZeroPadding2D(1)]
[MaxPool2D(4)]
[Flatten]
[Dense(3)]
public sealed partial class TorchEnlarged;

[Network]
[Image(3, 4, 2)]
[ZeroPadding2D(0, 2, 1, 0)]
[Conv2D(4, 2, Activation.Tanh)]
[UpSampling2D(2)]
[Conv2DTranspose(3, 3, Activation.ReLU, Stride = 2, PaddingSize = 1, OutputPadding = 1)]
[UpSampling2D(1, 2, Interpolation = Interpolation.Bilinear)]
[Conv2DTranspose(2, 2, Activation.GELU)]
[ZeroPadding2D(1)]
[MaxPool2D(4)]
[Flatten]
[Dense(3)]
public sealed partial class TorchEnlargedFolded;

[Network]
[Image(7, 6, 3)]
[Conv2D(4, 3, Activation.ReLU, PaddingSize = 1)]
[Conv2D(6, 3, Activation.ReLU, Stride = 2, PaddingSize = 1)]
[Conv2D(6, 3, PaddingSize = 1)]
[Residual(2, Activation.ReLU, Projection = true)]
[Conv2D(8, 3, Activation.ReLU, PaddingSize = 1)]
[Conv2D(8, 1)]
[Residual(2, Activation.ReLU, Projection = true)]
[GlobalAveragePool2D]
[Dense(5, Activation.Tanh)]
[Dense(6)]
[Residual(2, Projection = true)]
[Dense(3)]
public sealed partial class TorchResNet;

[Network]
[Sequence(20, 3)]
[AveragePool1D(3, Stride = 2, PaddingSize = 1, CountsPadding = true)]
[Conv1D(6, 5, Activation.ReLU, PaddingSize = 2)]
[Conv1D(6, 3, Activation.SiLU, PaddingSize = 1)]
[Conv1D(6, 4, Padding = Padding.Same)]
[Residual(2)]
[MaxPool1D(2)]
[Conv1D(8, 3, Activation.Tanh, Stride = 2, PaddingSize = 1)]
[Flatten]
[Dense(3)]
public sealed partial class TorchSequences;

[Network]
[Sequence(20, 3)]
[BatchNorm]
[GlobalAveragePool1D]
[Dense(5)]
public sealed partial class TorchStepsMean;

[Network]
[Sequence(7, 3)]
[GRU(5)]
[LastStep]
[Dense(2)]
public sealed partial class TorchGRU;

[Network]
[Sequence(7, 3)]
[LSTM(5)]
[LSTM(5)]
[LastStep]
[Dense(2)]
public sealed partial class TorchLSTM;

[Network]
[Sequence(7, 3)]
[LSTM(5)]
[GlobalAveragePool1D]
[Dense(2)]
public sealed partial class TorchLSTMMean;

[Network]
[Sequence(7, 3)]
[SimpleRNN(5)]
[Dense(2)]
[Flatten]
public sealed partial class TorchRNN;

[Network]
[Sequence(7, 3)]
[SimpleRNN(5, Nonlinearity = Nonlinearity.ReLU)]
[SimpleRNN(5, Nonlinearity = Nonlinearity.ReLU)]
[LastStep]
[Dense(2)]
public sealed partial class TorchRNNReLU;

[Network]
[Sequence(9, 3)]
[Conv1D(6, 3, Activation.ReLU, Padding = Padding.Same)]
[GRU(5)]
[LastStep]
[Dense(2)]
public sealed partial class TorchConvGRU;

[Network]
[Sequence(9, 3)]
[Conv1D(6, 3, Activation.ReLU, Padding = Padding.Same)]
[LSTM(5)]
[LastStep]
[Dense(2)]
public sealed partial class TorchConvLSTM;

[Network(3)]
[Embedding(7, 4, Feature = 1)]
[Dense(2)]
public sealed partial class TorchEmbedding;

[Network(1)]
[Embedding(7, 4)]
[Dense(2)]
public sealed partial class TorchEmbeddingAlone;

[Network]
[Sequence(6, 1)]
[Embedding(7, 4)]
[GRU(5)]
[LastStep]
[Dense(2)]
public sealed partial class TorchTokens;

[Network]
[Sequence(7, 3)]
[GRU(5)]
[GRU(5)]
[Dense(2)]
[Flatten]
public sealed partial class TorchGRUOfStates;

[Network]
[Sequence(7, 3)]
[LSTM(5)]
[LastStep]
[Dense(2)]
public sealed partial class TorchLSTMOfStates;

/// <summary>The models that <c>tools/torch_models.py</c> exports, and networks to load them into.</summary>
public static class TorchModels
{
    /// <summary>For each model, a network of the same layers; that of the foldable one has a batch normalisation less, which is folded.</summary>
    public static IReadOnlyList<(string Name, Func<INetwork> Create)> All { get; } =
    [
        ("mlp", () => new TorchMlp(1)),
        ("activations", () => new TorchActivations(1)),
        ("normalized14", () => new TorchNormalized(1)),
        ("normalized17", () => new TorchNormalized(1)),
        ("foldable", () => new TorchMlp(1)),
        ("heads", () => new TorchHeads(1)),
        ("heads_numbered", () => new TorchHeads(1)),
        ("images", () => new TorchImages(1)),
        ("lenet", () => new TorchLeNet(1)),
        ("lenet_foldable", () => new TorchLeNet(1)),
        ("image_mean", () => new TorchImageMean(1)),
        ("resnet", () => new TorchResNet(1)),
        ("sequences13", () => new TorchSequences(1)),
        ("sequences17", () => new TorchSequences(1)),
        ("steps_mean", () => new TorchStepsMean(1)),
        ("enlarged", () => new TorchEnlarged(1)),
        ("enlarged17", () => new TorchEnlargedFolded(1)),
        ("gru", () => new TorchGRU(1)),
        ("gru_steps_first", () => new TorchGRU(1)),
        ("gru_state", () => new TorchGRU(1)),
        ("lstm", () => new TorchLSTM(1)),
        ("lstm_steps_first", () => new TorchLSTM(1)),
        ("lstm_mean", () => new TorchLSTMMean(1)),
        ("rnn", () => new TorchRNN(1)),
        ("rnn_steps_first", () => new TorchRNN(1)),
        ("rnn_relu", () => new TorchRNNReLU(1)),
        ("conv_gru", () => new TorchConvGRU(1)),
        ("conv_lstm_steps_first", () => new TorchConvLSTM(1)),
        ("embedding", () => new TorchEmbedding(1)),
        ("embedding_alone", () => new TorchEmbeddingAlone(1)),
        ("embedding_squeezed", () => new TorchEmbeddingAlone(1)),
        ("embedding_flattened", () => new TorchEmbeddingAlone(1)),
        ("embedding_of_numbers", () => new TorchTokens(1)),
        ("embedding_of_steps", () => new TorchTokens(1)),
        ("gru_states", () => new TorchGRUOfStates(1)),
        ("lstm_states_steps_first", () => new TorchLSTMOfStates(1)),
    ];

    /// <summary>A batch of PyTorch's, whose images have channel by channel, and sequences feature by feature but for recurrent layers, as a network takes it.</summary>
    public static float[] Inputs(INetwork network, float[] batch)
    {
        var (pixels, channels) = (network.Architecture.Positions, network.Architecture.Layers[0].Inputs);
        return pixels == 1 || network.Architecture.Layers[0] is RecurrentLayer ? batch : [.. batch.Select((_, i) => batch[i - i % (pixels * channels) + i % channels * pixels + i % (pixels * channels) / channels])];
    }
}
