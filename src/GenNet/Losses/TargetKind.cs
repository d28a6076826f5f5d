namespace GenNet;

/// <summary>What a loss takes as targets.</summary>
enum TargetKind
{
    /// <summary>Any finite numbers.</summary>
    Numbers,

    /// <summary>A number from 0 to 1 for each output: binary cross-entropy.</summary>
    Probabilities,

    /// <summary>Numbers from 0 to 1 that add up to 1 over the outputs: cross-entropy.</summary>
    Distributions,
}
