namespace GenNet.Agents;

/// <summary>What the loss of a batch is made of.</summary>
/// <param name="Samples">Samples of the batch, over which the loss is a mean.</param>
/// <param name="ClipRange">How far the ratio of probabilities may go from 1 before a sample no longer counts.</param>
/// <param name="EntropyCoefficient">What the entropy counts.</param>
readonly record struct PolicyLoss(int Samples, float ClipRange, float EntropyCoefficient);
