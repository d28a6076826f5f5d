using System.Runtime.InteropServices;

namespace GenNet;

/// <summary>What <see cref="AtomicFile"/> needs of a file system.</summary>
partial class Disk
{
    /// <summary>Creates a file that must not be there yet.</summary>
    public virtual Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    /// <summary>Waits until the file's content is on the disk.</summary>
    public virtual void Flush(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    /// <summary>Renames a file, in place of the one of that name.</summary>
    public virtual void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Waits until the folder's names are on the disk, where the system lets a program ask for it. A file system that cannot is left alone.</summary>
    /// <returns>Whether they are known to be there.</returns>
    public virtual bool FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return false;
        var directory = OpenForReading(folder, flags: 0);
        var flushed = Synchronize(directory) == 0;
        _ = Close(directory);
        return flushed;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenForReading(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
