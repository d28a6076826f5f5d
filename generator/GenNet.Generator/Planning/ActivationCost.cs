namespace GenNet.Generator.Planning;

/// <summary>What an activation takes of a method that it is unrolled into.</summary>
/// <param name="Temporaries">Temporaries that it leaves: measured, as those up to which nothing remained a call.</param>
/// <param name="IsShort">Whether a panel of two vectors applies it to both in registers; a longer one is applied in a loop behind them.</param>
readonly record struct ActivationCost(int Temporaries, bool IsShort)
{
    /// <summary>That of an activation by its name.</summary>
    public static ActivationCost Of(string activation) => activation switch
    {
        "Identity" => new(0, IsShort: true),
        "ReLU" => new(4, IsShort: true),
        "LeakyReLU" or "HardTanh" or "HardSigmoid" => new(12, IsShort: false),
        "Tanh" => new(24, IsShort: true),
        "Sigmoid" => new(36, IsShort: false),
        _ => new(96, IsShort: false), // with an exponential, or perhaps: the user's own
    };
}
