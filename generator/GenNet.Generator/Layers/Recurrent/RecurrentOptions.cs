namespace GenNet.Generator.Layers;

/// <summary>What every layer that remembers may be told beside its size.</summary>
/// <param name="Bidirectional">Whether it goes from the last step on too, with weights of their own.</param>
/// <param name="RecurrentDropout">The probability with which training drops a value of the state where weights multiply it.</param>
readonly record struct RecurrentOptions(bool Bidirectional, double RecurrentDropout);
