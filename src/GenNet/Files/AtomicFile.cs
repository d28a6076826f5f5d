using System.Runtime.InteropServices;

namespace GenNet;

/// <summary>Replaces files in one go: after a crash at any moment there is the old file or the new one.</summary>
static partial class AtomicFile
{
    /// <summary>Ends the names of files that are being written.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>Writes a file beside its place, makes sure that it is on the disk, and moves it there.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        path = Path.GetFullPath(path);
        var temporary = $"{path}.{Guid.NewGuid():N}{TemporaryExtension}";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Puts the new name itself on the disk, where the system lets a program ask for it. A file system that cannot is left alone.</summary>
    static void FlushDirectory(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        var directory = Open(folder, flags: 0);
        if (directory < 0)
            return;
        _ = Flush(directory);
        _ = Close(directory);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
