namespace GenNet;

/// <summary>Work that several threads share: each executes a part, and then another while there are some. See <see cref="Parallelism.Run"/>.</summary>
public abstract class SharedWork
{
    /// <summary>
    /// Whether its parts take about as long as each other, as those of a training step do. Then a thread that lets the others wait has lost its processor to another program, and the next calls are worked through
    /// without it. Work whose parts differ says that they do, and is always divided.
    /// </summary>
    public virtual bool HasEvenParts => true;

    /// <summary>Executes a part. What it computes must not depend on which thread executes it; parts may be executed at the same time.</summary>
    /// <param name="part">Its number, from 0.</param>
    /// <param name="parts">How many there are.</param>
    public abstract void Execute(int part, int parts);
}
