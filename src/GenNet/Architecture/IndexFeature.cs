namespace GenNet;

/// <summary>A feature that is an index.</summary>
/// <param name="Feature">Its number among those of a position.</param>
/// <param name="Count">Things that it may be of: it is from 0 to one less.</param>
/// <param name="Layer">The number of the layer that takes it, from 1.</param>
readonly record struct IndexFeature(int Feature, int Count, int Layer);
