namespace GenNet.Tests.MetricsTests;

/// <summary>Every metric as its definition has it, sample by sample and in double precision.</summary>
static class NaiveMetrics
{
    public static double Accuracy(IEnumerable<(int Actual, int Predicted)> samples) => samples.Average(sample => sample.Actual == sample.Predicted ? 1.0 : 0);

    public static double Precision((int Actual, int Predicted)[] samples, int c) =>
        samples.Where(sample => sample.Predicted == c).Select(sample => sample.Actual == c ? 1.0 : 0).DefaultIfEmpty(0).Average();

    public static double Recall((int Actual, int Predicted)[] samples, int c) =>
        samples.Where(sample => sample.Actual == c).Select(sample => sample.Predicted == c ? 1.0 : 0).DefaultIfEmpty(0).Average();

    public static double F1((int Actual, int Predicted)[] samples, int c)
    {
        var (precision, recall) = (Precision(samples, c), Recall(samples, c));
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    public static double RootMeanSquaredError(double[][] targets, double[][] outputs) => Math.Sqrt(Errors(targets, outputs).Average(error => error * error));

    public static double MeanAbsoluteError(double[][] targets, double[][] outputs) => Errors(targets, outputs).Average(Math.Abs);

    public static double RSquared(double[][] targets, double[][] outputs) => Enumerable.Range(0, targets[0].Length).Average(j =>
    {
        var mean = targets.Average(row => row[j]);
        var (errors, deviations) = (targets.Zip(outputs).Sum(pair => Square(pair.Second[j] - pair.First[j])), targets.Sum(row => Square(row[j] - mean)));
        return errors == 0 ? 1 : deviations == 0 ? 0 : 1 - errors / deviations;
    });

    /// <summary>The share of the outputs on their targets' side.</summary>
    public static double SharedSides(double[][] targets, double[][] outputs, double threshold) =>
        targets.Zip(outputs).SelectMany(pair => pair.First.Zip(pair.Second)).Average(pair => pair.First > 0.5 == pair.Second > threshold ? 1.0 : 0);

    /// <summary>The share of the samples whose largest target has the largest output.</summary>
    public static double SharedLargest(double[][] targets, double[][] outputs) =>
        targets.Zip(outputs).Average(pair => Array.IndexOf(pair.First, pair.First.Max()) == Array.IndexOf(pair.Second, pair.Second.Max()) ? 1.0 : 0);

    static IEnumerable<double> Errors(double[][] targets, double[][] outputs) =>
        targets.Zip(outputs).SelectMany(pair => pair.First.Zip(pair.Second)).Select(pair => pair.Second - pair.First);

    static double Square(double value) => value * value;
}
