namespace Agents;

/// <summary>What came of a task.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Algorithm">How it was learnt.</param>
/// <param name="Seed">What all that was random followed from.</param>
/// <param name="Steps">Environment steps.</param>
/// <param name="Seconds">From the start of the process to the end of learning.</param>
/// <param name="AllocatedPerStep">Bytes, after the first update.</param>
/// <param name="Hash">The policy's fingerprint.</param>
/// <param name="Returns">Of episodes of the policy that was learnt, without chance.</param>
/// <param name="History">Steps and the mean return, update by update.</param>
/// <param name="Frames">What is drawn of one episode, step by step.</param>
/// <param name="FrameSeconds">How long a step takes.</param>
sealed record LearningResult(string Task, string Algorithm, ulong Seed, long Steps, double Seconds, double AllocatedPerStep, ulong Hash,
    double[] Returns, IReadOnlyList<(long Steps, double MeanReturn)> History, IReadOnlyList<Stroke[]> Frames, double FrameSeconds)
{
    public double MeanReturn => Returns.Average();
}
