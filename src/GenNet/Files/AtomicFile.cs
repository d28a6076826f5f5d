namespace GenNet;

/// <summary>Replaces files in one go: after a crash at any moment there is the old file or the new one.</summary>
static class AtomicFile
{
    /// <summary>Ends the names of files that are being written.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>Writes a file beside its place, makes sure that it is on the disk, and moves it there.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, new Disk());

    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void Write(string path, Action<Stream> write, Disk disk)
    {
        ArgumentNullException.ThrowIfNull(path);
        path = Path.GetFullPath(path);
        var temporary = $"{path}.{Guid.NewGuid():N}{TemporaryExtension}";
        try
        {
            using (var file = disk.Create(temporary))
            {
                write(file);
                disk.Flush(file);
            }
            disk.Move(temporary, path);
        }
        catch
        {
            disk.Delete(temporary);
            throw;
        }
        _ = disk.FlushFolder(Path.GetDirectoryName(path)!);
    }
}
