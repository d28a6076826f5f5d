namespace GenNet;

/// <summary>What a tensor of parameters is for.</summary>
public enum ParameterKind
{
    /// <summary>Weights W of a dense layer.</summary>
    Weight,

    /// <summary>Biases b of a dense layer.</summary>
    Bias,

    /// <summary>Scales γ of a normalisation.</summary>
    Scale,

    /// <summary>Shifts β of a normalisation.</summary>
    Shift,

    /// <summary>Running mean of a batch normalisation: kept, not trained.</summary>
    RunningMean,

    /// <summary>Running variance of a batch normalisation: kept, not trained.</summary>
    RunningVariance,
}
