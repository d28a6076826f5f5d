namespace GenNet.Tests.Reference;

/// <summary>A network that PyTorch trained on windows of sequences, step by step in double precision; tests/reference/make_sequence_references.py writes them.</summary>
/// <param name="Source">The attributes that declare the network.</param>
/// <param name="Carries">Whether each window goes on from the states of the one before.</param>
/// <param name="Initial">The weights at first, by PyTorch's names.</param>
/// <param name="Windows">One batch after the other, each a step of SGD with a rate of 0.1.</param>
/// <param name="Parameters">The weights behind them.</param>
sealed record SequenceReference(string Source, bool Carries, Dictionary<string, float[]> Initial, SequenceReference.Window[] Windows, Dictionary<string, double[]> Parameters)
{
    const string Folder = "sequences/";

    public static IEnumerable<string> Names => ReferenceFile.Names(Folder);

    public static SequenceReference Load(string name) => ReferenceFile.Load<SequenceReference>(Folder, name, "make_sequence_references.py");

    /// <summary>A batch.</summary>
    /// <param name="Inputs">[samples, steps, features].</param>
    /// <param name="Lengths">[samples], or none.</param>
    /// <param name="Resets">[samples, steps], or none.</param>
    /// <param name="Labels">[samples], or [samples, steps] with some that are ignored, or none.</param>
    /// <param name="Targets">[samples, steps, outputs], or none.</param>
    /// <param name="Loss">Before the step.</param>
    /// <param name="Gradients">Of the last batch alone.</param>
    /// <param name="States">[layers][h, and the cell of an LSTM][samples, units] behind each sample's last step.</param>
    public sealed record Window(float[] Inputs, int[] Lengths, bool[] Resets, int[] Labels, float[] Targets, double Loss, Dictionary<string, double[]> Gradients, double[][][] States);
}
