namespace GenNet;

/// <summary>Work that several threads share: each executes a part, and then another while there are some. See <see cref="Parallelism.Run"/>.</summary>
public abstract class SharedWork
{
    /// <summary>Executes a part. What it computes must not depend on which thread executes it; parts may be executed at the same time.</summary>
    /// <param name="part">Its number, from 0.</param>
    /// <param name="parts">How many there are.</param>
    public abstract void Execute(int part, int parts);
}
