using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>A kind of layer: how it is written as nodes, and recognised in them.</summary>
abstract class LayerKind
{
    /// <summary>All kinds. A new one is listed here.</summary>
    static readonly LayerKind[] All = [new DenseKind(), new BatchNormKind(), new LayerNormKind(), new DropoutKind(), new ResidualKind(), new FlattenKind()];

    /// <summary>The kind of a layer, or null where ONNX has none for it.</summary>
    public static LayerKind? Of(Layer layer) => Array.Find(All, kind => kind.Is(layer));

    /// <summary>The layer that gives a value, or null.</summary>
    /// <exception cref="InvalidDataException">It is one that GenNet does not have in this form.</exception>
    public static LayerStep? Find(Value value) => All.Select(kind => kind.Read(value)).FirstOrDefault(step => step is not null);

    /// <summary>Whether a layer is of this kind.</summary>
    protected abstract bool Is(Layer layer);

    /// <summary>Whether a model does without a layer of this kind where a network has one.</summary>
    /// <param name="next">What the model has there, or null at its end.</param>
    /// <param name="isFirst">Whether that is what it begins with.</param>
    public virtual bool IsLeftOut(LayerStep? next, bool isFirst) => false;

    /// <summary>What a layer is, in words.</summary>
    public abstract string Describe(Layer layer);

    /// <summary>Writes a layer without its activation.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="parameters">The names of its tensors.</param>
    /// <param name="sources">The names of the values that it takes, as <see cref="Layer.Sources"/> has them.</param>
    public abstract void Write(Layer layer, LayerNodes nodes, string[] parameters, string[] sources);

    /// <summary>The layer of this kind that gives a value, or null.</summary>
    protected abstract LayerStep? Read(Value value);
}
