namespace GenNet.Agents;

/// <summary>How <see cref="Dqn{TEnvironment}"/> fares.</summary>
/// <param name="Steps">Environment steps so far.</param>
/// <param name="Episodes">Episodes that have ended so far.</param>
/// <param name="MeanReturn">The mean return of the last 100 episodes that have ended; NaN before the first has.</param>
/// <param name="Updates">Updates so far.</param>
/// <param name="Loss">The mean loss of the updates since the last report; NaN where there were none.</param>
/// <param name="Exploration">The share of random actions at present.</param>
public readonly record struct DqnReport(long Steps, long Episodes, double MeanReturn, long Updates, double Loss, double Exploration)
{
    internal void Save(BinaryWriter writer)
    {
        writer.Write(Steps);
        writer.Write(Episodes);
        writer.Write(MeanReturn);
        writer.Write(Updates);
        writer.Write(Loss);
        writer.Write(Exploration);
    }

    internal static DqnReport Load(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble());
}
