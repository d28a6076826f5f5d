using System.Globalization;

namespace GenNet;

/// <summary>Names within GenNet's files.</summary>
static class FileKeys
{
    public const string Network = "gennet.network";
    public const string Schema = "gennet.schema";
    public const string SchemaHash = "gennet.schema_hash";

    /// <summary>What the inputs and outputs of a network of types mean.</summary>
    public const string Inputs = "gennet.inputs";
    public const string Outputs = "gennet.outputs";

    /// <summary>How many steps a sequence has that an ONNX model takes step by step.</summary>
    public const string Steps = "gennet.steps";

    /// <summary>Marks a checkpoint, with the version of what follows from it.</summary>
    public const string Checkpoint = "gennet.checkpoint";
    public const string CheckpointVersion = "2";

    /// <summary>Starts the names of a checkpoint's tensors that are no weights.</summary>
    public const string OptimizerPrefix = "optimizer.";
    public const string BestPrefix = "best.";
    public const string FitPrefix = "fit.";
    public const string History = FitPrefix + "history";

    /// <summary>What is no number of a network, as JSON: bytes rather than metadata, so that it may be as long as it likes.</summary>
    public const string Training = FitPrefix + "training";

    /// <summary>Starts the names of the tensors that hold bytes of the program's own.</summary>
    public const string Bytes = FitPrefix + "bytes.";

    /// <summary>The last tensor, a fingerprint of the header and of all others.</summary>
    public const string Checksum = FitPrefix + "checksum";

    /// <summary>Starts the names of the tensors of a <see cref="GenNet.Standardizer"/>, which may be in any file of a network.</summary>
    public const string StandardizerPrefix = "standardizer.";
    public const string Means = StandardizerPrefix + "mean";
    public const string Deviations = StandardizerPrefix + "deviation";

    const string RunningVariance = "running_var";
    const string Counter = "num_batches_tracked";

    /// <summary>The tensor in which PyTorch counts batches, next to a batch normalisation's running variance; null next to any other.</summary>
    public static string? BatchCounter(ParameterTensor tensor) =>
        tensor.Kind == ParameterKind.RunningVariance ? tensor.Name[..^RunningVariance.Length] + Counter : null;

    /// <summary>Whether a tensor is such a counter, of any network.</summary>
    public static bool IsBatchCounter(string tensor) => tensor.EndsWith("." + Counter, StringComparison.Ordinal);

    public static string OptimizerState(string state, string tensor) => $"{OptimizerPrefix}{state}.{tensor}";

    /// <summary>The tensor of a piece of these bytes, by its number from 0.</summary>
    public static string PieceOfBytes(long number) => Bytes + number.ToString(CultureInfo.InvariantCulture);

    public static bool IsPieceOfBytes(string tensor) => tensor.StartsWith(Bytes, StringComparison.Ordinal);

    public static string Best(string tensor) => BestPrefix + tensor;
}
