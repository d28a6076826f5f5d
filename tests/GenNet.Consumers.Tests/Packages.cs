namespace GenNet.Consumers.Tests;

/// <summary>What the system's package manager installs, which tests do without.</summary>
static class Packages
{
    /// <summary>Skips the test where a package is missing.</summary>
    /// <param name="package">Its name.</param>
    /// <param name="file">What it brings.</param>
    public static void SkipUnless(string package, string file) => Skip.IfNot(File.Exists(file), $"needs {package}, installed by the system's package manager ({file} is not there)");
}
