namespace GenNet.Mpi;

/// <summary>MPI cannot be used, or a call of it failed. The message says why.</summary>
/// <param name="message">What happened.</param>
public sealed class MpiException(string message) : Exception(message);
