using GenNet.Generator.Emission;
using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

sealed partial record Conv1DSpec
{
    protected override string Described => "Conv1D";

    public override bool WritesStep => true;

    /// <summary>Where all windows are open one ends with the step and one begins, and emitted code adds to each.</summary>
    public override void WriteStep(SourceWriter writer, StepPlan step, string source)
    {
        var (n, layer, size) = (step.Number, step.Layer, Window.Width);
        var activation = TypeNames.Activation(step.Activation);
        if (!AddsToWindows || (size == 1 && Groups > 1))
        {
            StreamWindow.Write(writer, step, this, $"Step<{activation}>(Shape{layer.Number}, ref p, ", source);
            return;
        }
        if (size == 1)
        {
            ForwardEmitter.WriteProduct(writer, Products(layer)[0], step.Unrolled, source, $"a{n}", step.Activation);
            return;
        }
        writer.Write("// Behind the line with the number of steps: what each open window has so far");
        var waits = Window.StepsBeforeFirst > 0;
        if (waits)
            writer.Write($"var ends{n} = h{n} >= {Text.Number(size - 1)};");
        writer.Write($"if ({(waits ? $"!ends{n}" : $"h{n} < {Text.Number(size - 1)}")})\n    global::GenNet.Runtime.{Library}.Begin(Shape{layer.Number}, ref p, ref h{n});");
        if (step.Unrolled)
            for (var first = 0; first < layer.Outputs; first += PanelLayout.Width)
                WritePanel(writer, step, Products(layer)[0], size, first, source, activation);
        else
            writer.Write($"global::GenNet.Runtime.{Library}.Add<{activation}>(channels: {layer.Inputs}, filters: {layer.Outputs}, size: {size}, isDepthwise: {(IsDepthwise ? "true" : "false")}, weights: {layer.Offset}, biases: {BiasOffset(layer)}, ref p, in {source}, ref h{n}, ref a{n});");
        if (waits)
            writer.Write($"if (!ends{n})\n    return false;");
    }

    /// <summary>A panel of filters: the sums z0 of the window that ends, z1, … of those that end later; y of as many filters more, which share what is read of the step.</summary>
    static void WritePanel(SourceWriter writer, StepPlan step, ProductPlan product, int size, int first, string source, string activation)
    {
        var (n, channels, row) = (step.Number, step.Layer.Inputs, PanelLayout.PaddedOutputs(step.Layer.Outputs));
        var width = PanelLayout.PanelWidth(step.Layer.Outputs, first);
        var vector = width switch { 4 => "Q", 8 => "H", _ => "V" };
        var (two, open) = (width == PanelLayout.Width, size - 1);
        string Index(int offset, bool second = false) => (width == 4 ? $"{offset}" : offset == 0 ? "j" : $"{offset} + j") + (second ? $" + {vector}.Count" : "");
        string Window(int k) => k < open ? $"in h{n}, {{0}}" : "in p, {0}";
        int Place(int k) => k < open ? PanelLayout.Line + k * row + first : product.BiasOffset + first;
        if (width > 4)
            writer.Write($"for (var j = 0; j < {width}; j += {(two ? "2 * " : "")}{vector}.Count)");
        writer.Write("{");
        writer.Indent++;
        for (var k = 0; k < size; k++)
        {
            writer.Write($"var z{k} = {vector}.Load({string.Format(Window(k), Index(Place(k)))});");
            if (two)
                writer.Write($"var y{k} = {vector}.Load({string.Format(Window(k), Index(Place(k), second: true))});");
        }
        for (var c = 0; c < channels; c++)
            for (var k = 0; k < size; k++)
            {
                var operands = $"in {source}, {c}, in p, {Index(product.Offset + first * product.Inputs + ((size - 1 - k) * channels + c) * width)}";
                writer.Write(two ? $"{vector}.MultiplyAdd({operands}, ref z{k}, ref y{k});" : $"z{k} = {vector}.MultiplyAdd({operands}, z{k});");
            }
        for (var k = 0; k < size; k++)
            foreach (var second in two ? new[] { false, true } : [false])
            {
                var sum = $"{(second ? 'y' : 'z')}{k}";
                writer.Write(k == 0
                    ? $"{activation}.Apply({sum}).Store(ref a{n}, {Index(first, second)});"
                    : $"{sum}.Store(ref h{n}, {Index(PanelLayout.Line + (k - 1) * row + first, second)});");
            }
        writer.Indent--;
        writer.Write("}");
    }
}
