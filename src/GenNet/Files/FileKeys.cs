namespace GenNet;

/// <summary>Names within GenNet's files.</summary>
static class FileKeys
{
    public const string Network = "gennet.network";
    public const string Schema = "gennet.schema";
    public const string SchemaHash = "gennet.schema_hash";

    const string RunningVariance = "running_var";
    const string Counter = "num_batches_tracked";

    /// <summary>The tensor in which PyTorch counts batches, next to a batch normalisation's running variance; null next to any other.</summary>
    public static string? BatchCounter(ParameterTensor tensor) =>
        tensor.Kind == ParameterKind.RunningVariance ? tensor.Name[..^RunningVariance.Length] + Counter : null;
}
