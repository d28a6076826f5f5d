namespace GenNet.Tool;

/// <summary>Something the user can put right: shown as one line, without a stack trace.</summary>
sealed class UserErrorException(string message) : Exception(message);
