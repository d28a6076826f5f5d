namespace GenNet.Testing;

/// <summary>A network, activation or loss is not what it should be; the message says where and by how much.</summary>
public sealed class NetworkCheckException : Exception
{
    /// <summary>Creates the exception.</summary>
    public NetworkCheckException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    public NetworkCheckException() { }

    /// <summary>Creates the exception.</summary>
    public NetworkCheckException(string message, Exception innerException) : base(message, innerException) { }
}
