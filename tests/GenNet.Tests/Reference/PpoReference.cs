namespace GenNet.Tests.Reference;

/// <summary>Minibatches from which PyTorch learnt by PPO; tests/reference/make_ppo_references.py writes them.</summary>
sealed record PpoReference
{
    const string Folder = "ppo/";

    public required bool Discrete { get; init; }

    /// <summary>Whether policy and value are heads of one network.</summary>
    public required bool Shared { get; init; }

    public required int Actions { get; init; }

    public required bool Normalize { get; init; }

    public required double? ClipRangeVf { get; init; }

    public required double EntCoef { get; init; }

    public required double MaxGradNorm { get; init; }

    /// <summary>Steps of the windows that the networks remember over; 1 where they remember nothing.</summary>
    public required int Window { get; init; }

    /// <summary>[windows][units] what the policy remembers where each window begins.</summary>
    public required float[][] PolicyStates { get; init; }

    /// <summary>[windows][units] likewise of the value's network.</summary>
    public required float[][] ValueStates { get; init; }

    /// <summary>[samples] whether the episode is over behind a step; empty where nothing is remembered.</summary>
    public required bool[] Ended { get; init; }

    /// <summary>The weights of each network at first.</summary>
    public required float[][] Start { get; init; }

    public required float[] Observations { get; init; }

    public required float[] Taken { get; init; }

    public required float[] Masks { get; init; }

    public required float[] OldLogProbabilities { get; init; }

    public required float[] Values { get; init; }

    public required float[] Advantages { get; init; }

    public required float[] Returns { get; init; }

    public required Batch[] Trace { get; init; }

    public static TheoryData<string> Names => new(ReferenceFile.Names(Folder));

    public static PpoReference Load(string name) => ReferenceFile.Load<PpoReference>(Folder, name, "make_ppo_references.py");

    /// <param name="Rows">The samples of the minibatch.</param>
    /// <param name="PolicyLoss">The clipped surrogate, negated.</param>
    /// <param name="ValueLoss">The mean squared error.</param>
    /// <param name="Entropy">The mean entropy.</param>
    /// <param name="ApproxKl">The divergence from the policy that acted.</param>
    /// <param name="Clipped">The share of the samples that are clipped.</param>
    /// <param name="Gradients">Of each network, before they are clipped.</param>
    /// <param name="Weights">Of each network, after the update.</param>
    /// <param name="LogStd">ln σ after the update; empty for discrete actions.</param>
    public sealed record Batch(int[] Rows, double PolicyLoss, double ValueLoss, double Entropy, double ApproxKl, double Clipped, double[][] Gradients, double[][] Weights, double[] LogStd);
}
