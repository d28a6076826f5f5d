namespace Agents;

/// <summary>Progress that is told at once, on the thread that learns.</summary>
sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
