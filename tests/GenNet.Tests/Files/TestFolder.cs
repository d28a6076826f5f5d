namespace GenNet.Tests.Files;

/// <summary>A folder of a test's own, gone afterwards.</summary>
public abstract class TestFolder : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("gennet-files-").FullName;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(Folder, recursive: true);
    }

    protected string Path(string name) => System.IO.Path.Combine(Folder, name);
}
