namespace GenNet;

/// <summary>Makes one exception of two: a program that may not do something to a file cannot do it.</summary>
static class Permission
{
    /// <exception cref="IOException">The action failed, or was not permitted.</exception>
    public static T Needed<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="Needed{T}"/>
    public static void Needed(string path, Action action) => Needed(path, () =>
    {
        action();
        return true;
    });
}
