using System.Buffers.Binary;

namespace GenNet;

/// <summary>The results of epochs as a table of numbers: a row each, with its number, loss, whether it was validated, validation loss and accuracy, ticks of time, and the errors of a regression.</summary>
static class HistoryTable
{
    public const int Columns = 9;

    /// <summary>Ticks up to which every number is a double: 28 years.</summary>
    const double LongestTime = 1L << 53;

    public static double[] Write(IEnumerable<EpochResult> history) => [.. history.SelectMany(result => new double[]
    {
        result.Epoch, result.Loss, result.Validation is null ? 0 : 1, result.Validation?.Loss ?? 0, result.Validation?.Accuracy ?? 0, result.TrainingTime.Ticks,
        result.Validation?.RootMeanSquaredError ?? 0, result.Validation?.MeanAbsoluteError ?? 0, result.Validation?.RSquared ?? 0,
    })];

    /// <exception cref="InvalidDataException">The tensor is no such table.</exception>
    public static void Read(string file, SafeTensor table, IList<EpochResult> history)
    {
        if (table.Type != SafeTensorType.F64 || table.Shape.Count != 2 || table.Shape[1] != Columns)
            throw new InvalidDataException($"{file}: tensor {table} of type {table.Type} should be F64 with {Columns} columns.");
        for (var row = 0; row < table.Shape[0]; row++)
        {
            var (epoch, ticks) = (Value(table, row, 0), Value(table, row, 5));
            if (!IsResult(epoch, ticks))
                throw new InvalidDataException($"{file}: row {row} of tensor {table} is no epoch's result.");
            var validation = Value(table, row, 2) == 0 ? (Evaluation?)null : new Evaluation(Value(table, row, 3), Value(table, row, 4))
            {
                RootMeanSquaredError = Value(table, row, 6),
                MeanAbsoluteError = Value(table, row, 7),
                RSquared = Value(table, row, 8),
            };
            history.Add(new EpochResult((int)epoch, Value(table, row, 1), validation, new TimeSpan((long)ticks)));
        }
    }

    /// <exception cref="ArgumentException">An epoch has a number or a time that <see cref="Read"/> would not take.</exception>
    public static void Check(IList<EpochResult> history)
    {
        for (var i = 0; i < history.Count; i++)
            if (history[i] is not { } result || !IsResult(result.Epoch, result.TrainingTime.Ticks) || result.TrainingTime.Ticks > (long)LongestTime)
                throw new ArgumentException($"Entry {i} of the history is {history[i]?.ToString() ?? "null"}: epochs are numbered from 1, and their times are from 0 to 28 years. Nothing was written.", "state");
    }

    static bool IsResult(double epoch, double ticks) => epoch is >= 1 and <= int.MaxValue && ticks is >= 0 and <= LongestTime;

    static double Value(SafeTensor table, int row, int column) => BinaryPrimitives.ReadDoubleLittleEndian(table.Bytes[((row * Columns + column) * sizeof(double))..]);
}
