namespace GenNet.Tests.Reference;

/// <summary>Features that are indices, among random ones.</summary>
static class Indices
{
    /// <summary>Makes them whole numbers within their tables, each the one nearest to what it was.</summary>
    public static float[] Put(NetworkArchitecture architecture, float[] inputs)
    {
        foreach (var index in architecture.IndexFeatures)
            for (var i = index.Feature; i < inputs.Length; i += architecture.Layers[0].Inputs)
                inputs[i] = MathF.Round(Math.Clamp(inputs[i], 0, index.Count - 1));
        return inputs;
    }
}
