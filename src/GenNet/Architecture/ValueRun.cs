namespace GenNet;

/// <summary>Values of a <see cref="ParameterBlock"/> that stand side by side, so many times at equal distances with padding between.</summary>
/// <param name="Offset">The first float.</param>
/// <param name="Count">Values side by side.</param>
/// <param name="Stride">Floats from one time to the next.</param>
/// <param name="Times">How often.</param>
readonly record struct ValueRun(int Offset, int Count, int Stride = 0, int Times = 1);
