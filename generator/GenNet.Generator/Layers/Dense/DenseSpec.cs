using GenNet.Generator.Planning;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A dense layer.</summary>
/// <param name="Units">Its outputs.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Init">A member of <c>Initializer</c>, the network's where the layer has none of its own.</param>
sealed partial record DenseSpec(int Units, string Activation, string Init) : LayerSpec(Activation)
{
    public static LayerKind Kind { get; } = new("GenNet.DenseAttribute", reader => new DenseSpec(reader.Size("units", 0), reader.Activation(), reader.Init()));

    protected override int OutputsFor(int inputs) => Units;

    public override long ParametersFor(int inputs) => (inputs + 1L) * Units;

    public override int MultiplyAddsFor(int inputs) => inputs * Units;

    public override int TrainedLengthFor(int inputs) => PanelLayout.LayerLength(inputs, Units);

    public override int PartsFor(int inputs) => PartialSums.Count(inputs, Units);

    public override bool IsProduct => true;

    public override IEnumerable<TensorSpec> TensorsFor(int inputs) =>
    [
        new("weight", Units, inputs, 0, PanelLayout.BiasOffset(inputs, Units)),
        new("bias", Units, 0, PanelLayout.BiasOffset(inputs, Units), Units),
    ];
}
