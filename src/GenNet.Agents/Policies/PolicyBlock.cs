using System.Runtime.CompilerServices;

namespace GenNet.Agents;

/// <summary>A thread's memory for a block of rows. Numbers of a row lie in columns, so that a vector holds those of several rows.</summary>
sealed unsafe class PolicyBlock
{
    const int Rows = PolicyHead.Rows, Columns = 7;

    /// <summary>Holds the memory.</summary>
    readonly float[] _memory;

    /// <param name="outputs">Outputs of the policy.</param>
    /// <param name="width">Numbers of an action.</param>
    public PolicyBlock(int outputs, int width)
    {
        _memory = GC.AllocateArray<float>((2 * outputs + width + Columns) * Rows, pinned: true);
        Values = (float*)Unsafe.AsPointer(ref _memory[0]);
        Probabilities = Values + outputs * Rows;
        Actions = Probabilities + outputs * Rows;
        Advantages = Actions + width * Rows;
        OldLogProbabilities = Advantages + Rows;
        LogProbabilities = OldLogProbabilities + Rows;
        Ratios = LogProbabilities + Rows;
        Factors = Ratios + Rows;
        Divergences = Factors + Rows;
        Entropies = Divergences + Rows;
    }

    /// <summary>[outputs][128] ln p of discrete actions; distances from the mean, in deviations, of numbers.</summary>
    public float* Values { get; }

    /// <summary>[outputs][128] p of discrete actions.</summary>
    public float* Probabilities { get; }

    /// <summary>[rows][width] the actions taken.</summary>
    public float* Actions { get; }

    /// <summary>[rows] how much better than expected they turned out.</summary>
    public float* Advantages { get; }

    /// <summary>[rows] ln of the probability that they had when they were drawn.</summary>
    public float* OldLogProbabilities { get; }

    /// <summary>[rows] ln of the probability that they have now.</summary>
    public float* LogProbabilities { get; }

    /// <summary>[rows] the probability now over that of then.</summary>
    public float* Ratios { get; }

    /// <summary>[rows] ∂L/∂ln p of the action taken.</summary>
    public float* Factors { get; }

    /// <summary>[rows] (ratio − 1) − ln ratio.</summary>
    public float* Divergences { get; }

    /// <summary>[rows] entropies.</summary>
    public float* Entropies { get; }
}
