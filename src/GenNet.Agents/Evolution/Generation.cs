namespace GenNet.Agents;

/// <summary>What a generation was like.</summary>
/// <param name="Number">The generation, from 1.</param>
/// <param name="Best">The fitness of its best network.</param>
/// <param name="Mean">The mean fitness.</param>
/// <param name="Steps">Environment steps so far; 0 where the fitness came from outside.</param>
public readonly record struct Generation(int Number, double Best, double Mean, long Steps)
{
    internal static Generation Of(int number, ReadOnlySpan<double> fitness, long steps)
    {
        var (best, sum) = (double.NegativeInfinity, 0.0);
        foreach (var value in fitness)
        {
            best = Math.Max(best, value);
            sum += value;
        }
        return new Generation(number, best, sum / fitness.Length, steps);
    }

    internal static void Save(List<Generation> history, BinaryWriter writer)
    {
        writer.Write(history.Count);
        foreach (var generation in history)
        {
            writer.Write(generation.Best);
            writer.Write(generation.Mean);
            writer.Write(generation.Steps);
        }
    }

    internal static void Load(List<Generation> history, BinaryReader reader)
    {
        history.Clear();
        for (var count = reader.ReadInt32(); history.Count < count;)
            history.Add(new Generation(history.Count + 1, reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64()));
    }
}
