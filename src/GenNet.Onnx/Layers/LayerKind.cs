using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>A kind of layer: how it is written as nodes, and recognised in them.</summary>
abstract class LayerKind
{
    /// <summary>All kinds. A new one is listed here.</summary>
    static readonly LayerKind[] All =
    [
        new DenseKind(), new BatchNormKind(), new LayerNormKind(), new DropoutKind(), new ResidualKind(), new FlattenKind(),
        new Conv2DKind(), new GlobalMaxPool2DKind(), new MaxPool2DKind(), new GlobalAveragePool2DKind(), new AveragePool2DKind(),
        new Conv2DTransposeKind(), new ZeroPadding2DKind(), new UpSampling2DKind(),
        new GRUKind(), new LSTMKind(), new SimpleRNNKind(), new LastStepKind(), new EmbeddingKind(),
    ];

    /// <summary>The kind of a layer, or null where ONNX has none for it.</summary>
    public static LayerKind? Of(Layer layer) => Array.Find(All, kind => kind.Is(layer));

    /// <summary>The layer that gives a value, or null.</summary>
    /// <exception cref="InvalidDataException">It is one that GenNet does not have in this form.</exception>
    public static LayerStep? Find(Value value) => All.Select(kind => kind.Read(value)).FirstOrDefault(step => step is not null);

    /// <summary>Whether a layer is of this kind.</summary>
    protected abstract bool Is(Layer layer);

    /// <summary>Whether a model does without a layer of this kind where a network has one.</summary>
    /// <param name="layer">The network's layer.</param>
    /// <param name="next">What the model has there, or null at its end.</param>
    /// <param name="isFirst">Whether that is what it begins with.</param>
    public virtual bool IsLeftOut(Layer layer, LayerStep? next, bool isFirst) => false;

    /// <summary>Height and width of the images that a layer takes and gives; null where it needs none.</summary>
    public virtual ((int Height, int Width) Taken, (int Height, int Width) Given)? Images(Layer layer) => null;

    /// <summary>Pixels of the image of which the row was made that a layer takes; 1 where that does not matter to it.</summary>
    public virtual int Pixels(Layer layer) => 1;

    /// <summary>Whether outputs depend on all inputs, so that the order of a row does not go beyond such a layer.</summary>
    public virtual bool MixesRow => false;

    /// <summary>Whether it takes [samples, steps, features], even of one step.</summary>
    public virtual bool TakesSteps => false;

    /// <summary>Whether a layer computes a step of a sequence from that step and its state alone.</summary>
    public virtual bool GoesStepByStep(Layer layer) => false;

    /// <summary>What a layer is, in words.</summary>
    public abstract string Describe(Layer layer);

    /// <summary>Adds a layer's parameters to the model.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="tensors">The parameters.</param>
    /// <param name="form">How the value that they are multiplied with holds a sample.</param>
    /// <returns>The names of the model's tensors.</returns>
    public virtual string[] WriteParameters(Layer layer, LayerNodes nodes, ParameterTensor[] tensors, Form form) => [.. tensors.Select(tensor => nodes.Parameter(tensor, Pixels(layer), form))];

    /// <summary>Writes a layer without its activation.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="parameters">The names of its tensors in the model.</param>
    /// <param name="sources">The values that it takes, as <see cref="Layer.Sources"/> has them.</param>
    public abstract void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources);

    /// <summary>The layer of this kind that gives a value, or null.</summary>
    protected abstract LayerStep? Read(Value value);
}
