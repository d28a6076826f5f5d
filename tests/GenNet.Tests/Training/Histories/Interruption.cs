namespace GenNet.Tests.Training.Histories;

/// <summary>What happens in a fit.</summary>
enum Interruption
{
    Stop,
    Cancel,
    Throw,
    Diverge,
}
