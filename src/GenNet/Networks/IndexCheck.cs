namespace GenNet;

/// <summary>Refuses features that should be indices and are none.</summary>
static class IndexCheck
{
    /// <summary>Throws unless all are whole numbers within their table.</summary>
    /// <param name="architecture">The network's layers.</param>
    /// <param name="inputs">[rows, features] of whole samples, or of single steps.</param>
    /// <param name="width">Features of a row.</param>
    /// <param name="positions">Positions that a row has.</param>
    /// <param name="method">What was called.</param>
    /// <param name="numbers">What samples are called.</param>
    /// <param name="first">Rows before these.</param>
    public static void Check(NetworkArchitecture architecture, ReadOnlySpan<float> inputs, int width, int positions, string method, in SampleNumbers numbers = default, int first = 0)
    {
        foreach (var index in architecture.IndexFeatures)
            for (var i = index.Feature; i < inputs.Length; i += width / positions)
                if (!(inputs[i] >= 0 && inputs[i] < index.Count && inputs[i] == MathF.Floor(inputs[i])))
                    throw new ArgumentOutOfRangeException(nameof(inputs), inputs[i],
                        $"{architecture.Name}.{method}: {numbers.Place(architecture, "feature", first * width + i, width, positions)} is {inputs[i]}, but layer {index.Layer} is an embedding of {index.Count}: give a whole number from 0 to {index.Count - 1}.{(numbers.AreScaledBytes ? " The dataset's bytes are scaled: data.WithScale(1) leaves them as they are." : "")}");
    }
}
