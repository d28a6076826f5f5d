using GenNet.Generator.Diagnostics;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A residual connection.</summary>
/// <param name="Back">Layers that it goes around.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Projection">The layer through which the input of the block goes, if any: its parameters are the connection's.</param>
/// <param name="Around">The input of the block.</param>
sealed partial record ResidualSpec(int Back, string Activation, LayerSpec? Projection = null, SampleShape Around = default) : LayerSpec(Activation)
{
    public static LayerKind Kind { get; } = new("GenNet.ResidualAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        var (back, before, activation, projects, init) = (reader.Integer(0), reader.LayersBefore, reader.Activation(), reader.Flag("Projection"), reader.Init());
        if (back < 1 || back > before)
        {
            reader.ReportArgument(Descriptors.ResidualBlock, "layers", 0, NetworkParser.Grouped(back),
                before == 0 ? "there is no layer before it to connect around" : $"give a number from 1 to {NetworkParser.Grouped(before)}, the layers before it");
            return reader.Nothing;
        }
        var (around, through) = (reader.InputOf(back), reader.Input);
        var projection = ProjectionOf(around, through, init);
        if (projects ? projection is not null : around.HasValuesOf(through))
            return new ResidualSpec(back, activation, projects ? projection : null, around);
        if (projects)
            reader.ReportAlone(Descriptors.NoProjection, around.Words, through.Words, Obstacle(around, through));
        else
            reader.ReportAlone(Descriptors.ResidualWidth, around.Words, through.Words, Remedy(around, through, projection));
        return reader.Nothing;
    }

    static string Remedy(SampleShape taken, SampleShape given, LayerSpec? projection) => taken.Pixels > 1 && given.HasValuesOf(taken with { Pixels = 0 })
        ? $"the first are a flattened image or sequence, which files have channel by channel, the others are not; begin the block behind a layer that gives no pixels, as [Dense({given.Words})]"
        : $"give both ends of the residual connection the same width{(projection is null ? "" : ", or let the input go through a layer of its own: Projection = true")}";

    /// <summary>The layer without activation that makes values of one shape of those of another; null where there is none.</summary>
    static LayerSpec? ProjectionOf(SampleShape around, SampleShape through, string init)
    {
        if (!HasPixels(around) && !HasPixels(through))
            return around.Positions == through.Positions && through.Pixels <= 1 ? new DenseSpec(through.Features, "Identity", init) : null;
        if (!around.HasNeighbours || !through.HasNeighbours)
            return null;
        var stride = (Height: WindowLayout.StrideFor(around.Height, through.Height), Width: WindowLayout.StrideFor(around.Width, through.Width));
        return stride.Height == 0 || stride.Width == 0 ? null
            : around.IsAlongSteps ? new Conv1DSpec(through.Features, WindowSpec.Along(around, 1, stride.Width, 1, 0), "Identity", init, around.Features, Groups: 1)
            : new Conv2DSpec(through.Features, new WindowSpec(around.Height, around.Width, 1, 1, stride, (1, 1), (0, 0)), "Identity", init, around.Features, Groups: 1);
    }

    /// <summary>Whether windows may go over it, and it has more than one pixel or step: what has one is a row as well.</summary>
    static bool HasPixels(SampleShape shape) => shape.HasNeighbours && shape.Positions > 1;

    static string Obstacle(SampleShape around, SampleShape through) =>
        around.IsAlongSteps && through.IsAlongSteps ? "a convolution of one step makes ⌈steps/stride⌉ steps, whatever its stride: let the block do so too, as with Padding = Padding.Same" :
        around.IsImage && through.IsImage ? "a 1×1 convolution makes ⌈side/stride⌉ pixels of a side, whatever its stride: let the block do so too, as with Padding = Padding.Same" :
        around.Positions == through.Positions && !HasPixels(around) ? "their columns are in files in another order than those of a layer: let the block end with a layer that has weights of its own" :
        "one is not what the other is made of, position by position: begin the block behind the layer that makes one row of a sample, or end it before";

    public override bool HasStep => Projection?.HasStep == true;

    public override bool StepTakesState => false;

    public override bool StepsOnStack => Projection is null or DenseSpec;

    /// <summary>What comes out of the block must come with the step from which the projection takes its own.</summary>
    public override StreamPace? PaceOf(IReadOnlyList<StreamPace> sources) =>
        (Projection is null ? sources[1] : Projection.PaceOf([sources[1]])) == sources[0] ? sources[0] : null;

    public override string WhyNotByStep => "adds to what comes out of its block what another step brought";

    public override long ParametersFor(int inputs) => Projection?.ParametersFor(Around.Features) ?? 0;

    public override long MultiplyAddsFor(int inputs) => Projection?.MultiplyAddsFor(Around.Features) ?? 0;

    public override int TrainedLengthFor(int inputs) => Projection?.TrainedLengthFor(Around.Features) ?? 0;

    public override int PartsFor(int inputs) => Projection?.PartsFor(Around.Features) ?? 0;

    public override bool ReadsPaddedRows => Projection is null;

    public override IEnumerable<TensorSpec> TensorsFor(SampleShape input) => Projection?.TensorsFor(Around) ?? [];

    public override IReadOnlyList<int> Sources(int number) => [number - 1, number - Back - 1];

    public override int WeightedSource => Projection is null ? 0 : 1;

    public override string Schema(string text, SampleShape input) => SchemaText.Over(text, Back, Projection?.SchemaOf(Around));
}
