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

    public override SampleShape OutputFor(SampleShape input) => input with { Features = Units, Pixels = 0 };

    public override long ParametersFor(int inputs) => (inputs + 1L) * Units;

    public override long MultiplyAddsFor(int inputs) => (long)inputs * Units;

    public override int TrainedLengthFor(int inputs) => PanelLayout.LayerLength(inputs, Units);

    public override int PartsFor(int inputs) => PartialSums.Count(inputs, Units);

    public override bool IsProduct => true;

    public override IEnumerable<TensorSpec> TensorsFor(SampleShape input) =>
    [
        new("weight", Units, input.Features, 0, PanelLayout.BiasOffset(input.Features, Units)) { Pixels = input.Pixels },
        new("bias", Units, 0, PanelLayout.BiasOffset(input.Features, Units), Units),
    ];
}
