namespace GenNet.Tests.Agents;

/// <summary>Progress that is told at once.</summary>
sealed class TellAtOnce<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
