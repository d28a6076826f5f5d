namespace GenNet.Generator.Emission;

/// <summary>The one rule by which emitted names make way for others: <c>Name</c>, <c>Name_</c>, <c>Name__</c> and so on.</summary>
static class UniqueName
{
    /// <param name="name">The name that it would be.</param>
    /// <param name="isTaken">Whether something has a name.</param>
    public static string Of(string name, Func<string, bool> isTaken)
    {
        while (isTaken(name))
            name += "_";
        return name;
    }
}
