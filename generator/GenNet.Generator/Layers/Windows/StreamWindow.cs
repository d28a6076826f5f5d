using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>The call that computes windows along a stream, of its next step.</summary>
static class StreamWindow
{
    /// <summary>Writes it. Where no window ends with the step nothing behind it is computed.</summary>
    /// <param name="writer">Writes it.</param>
    /// <param name="step">The layer.</param>
    /// <param name="spec">The same as declared.</param>
    /// <param name="call">The call up to what the layer takes.</param>
    /// <param name="source">The variable of that.</param>
    public static void Write(SourceWriter writer, StepPlan step, LayerSpec spec, string call, string source)
    {
        var all = $"global::GenNet.Runtime.{spec.Library}.{call}in {source}, ref {(step.Layer.StateLength > 0 ? $"h{step.Number}" : "h")}, ref a{step.Number})";
        writer.Write(spec.SkipsSteps ? $"if (!{all})\n    return false;" : $"{all};");
    }
}
