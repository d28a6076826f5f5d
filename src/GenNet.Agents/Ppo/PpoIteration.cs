namespace GenNet.Agents;

/// <summary>What an update of <see cref="Ppo{TEnvironment}"/> was like. Losses are means over its minibatches.</summary>
/// <param name="Steps">Environment steps so far.</param>
/// <param name="Episodes">Episodes that have ended so far.</param>
/// <param name="MeanReturn">The mean return of the last 100 episodes that have ended, by the actions that were drawn; NaN before the first has.</param>
/// <param name="PolicyLoss">The clipped surrogate, negated.</param>
/// <param name="ValueLoss">The mean squared error of the values.</param>
/// <param name="Entropy">The mean entropy of the policy.</param>
/// <param name="ApproxKl">The divergence from the policy that acted, in the last minibatch.</param>
/// <param name="ClipFraction">The share of the samples whose ratio was clipped.</param>
/// <param name="ExplainedVariance">The share of the returns' variance that the values from before the update explain; NaN where returns have none.</param>
/// <param name="Epochs">Epochs gone through; fewer than were set where <see cref="PpoOptions.TargetKl"/> ended the update.</param>
public readonly record struct PpoIteration(long Steps, long Episodes, double MeanReturn, double PolicyLoss, double ValueLoss, double Entropy, double ApproxKl, double ClipFraction, double ExplainedVariance, int Epochs)
{
    internal void Save(BinaryWriter writer)
    {
        writer.Write(Steps);
        writer.Write(Episodes);
        foreach (var number in (ReadOnlySpan<double>)[MeanReturn, PolicyLoss, ValueLoss, Entropy, ApproxKl, ClipFraction, ExplainedVariance])
            writer.Write(number);
        writer.Write(Epochs);
    }

    internal static PpoIteration Load(BinaryReader reader) => new(
        reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32());
}
