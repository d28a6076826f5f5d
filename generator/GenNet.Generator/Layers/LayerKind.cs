namespace GenNet.Generator.Layers;

/// <summary>A kind of layer: the attribute that declares one, and how it is read.</summary>
/// <param name="attribute">The attribute's full name.</param>
/// <param name="read">What an attribute declares. Mistakes are reported to the reader and mended.</param>
sealed class LayerKind(string attribute, Func<LayerReader, LayerSpec> read)
{
    /// <summary>All kinds. A new one is listed here.</summary>
    public static IReadOnlyList<LayerKind> All { get; } = [DenseSpec.Kind, EmbeddingSpec.Kind, BatchNormSpec.Kind, LayerNormSpec.Kind, DropoutSpec.Kind, ResidualSpec.Kind, FlattenSpec.Kind,
        Conv2DSpec.Kind, DepthwiseConv2DSpec.Kind, MaxPool2DSpec.Kind, AveragePool2DSpec.Kind, GlobalMaxPool2DSpec.Kind, GlobalAveragePool2DSpec.Kind,
        Conv2DTransposeSpec.Kind, ZeroPadding2DSpec.Kind, UpSampling2DSpec.Kind,
        Conv1DSpec.Kind, MaxPool1DSpec.Kind, AveragePool1DSpec.Kind, GlobalMaxPool1DSpec.Kind, GlobalAveragePool1DSpec.Kind,
        SimpleRNNSpec.Kind, GRUSpec.Kind, LSTMSpec.Kind, LastStepSpec.Kind];

    public string Attribute { get; } = attribute;

    /// <summary>Whether such a layer goes along the steps of a sequence, which then are neighbours.</summary>
    public bool GoesAlongSteps { get; init; }

    public LayerSpec Read(LayerReader reader) => read(reader);
}
