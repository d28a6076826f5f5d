using System.Text;

namespace GenNet;

/// <summary>Replaces files in one go: after a crash at any moment there is the old file or the new one.</summary>
static class AtomicFile
{
    /// <summary>Ends the names of files that are being written.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>The longest name of a file: bytes of UTF-8 on Linux and macOS, which are never fewer than Windows's UTF-16 characters.</summary>
    const int LongestName = 255;

    /// <summary>Writes a file beside its place, makes sure that it is on the disk, and moves it there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="check">Given the path of what was written before it takes the file's place; where it throws, it does not.</param>
    /// <exception cref="ArgumentException">The path is empty or no path.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public static void Write(string path, Action<Stream> write, Action<string>? check = null) => Write(path, write, new Disk(), check);

    /// <inheritdoc cref="Write(string, Action{Stream}, Action{string})"/>
    public static void Write(string path, Action<Stream> write, Disk disk, Action<string>? check = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        try
        {
            Replace(path, write, disk, check);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be written: {e.Message}", e);
        }
        catch (DirectoryNotFoundException e)
        {
            // The framework's message would name the temporary file.
            throw new DirectoryNotFoundException($"{path} cannot be written: there is no folder {Path.GetDirectoryName(path)}. Create it first.", e);
        }
        _ = disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    static void Replace(string path, Action<Stream> write, Disk disk, Action<string>? check)
    {
        var temporary = Beside(path);
        try
        {
            using (var file = disk.Create(temporary))
            {
                write(file);
                disk.Flush(file);
            }
            check?.Invoke(temporary);
            disk.Move(temporary, path);
        }
        catch
        {
            disk.Delete(temporary);
            throw;
        }
    }

    /// <summary>A name that no file has: the file's own, as much of it as there is room for, and a random number.</summary>
    static string Beside(string path)
    {
        var name = Path.GetFileName(path);
        var end = $".{Guid.NewGuid():N}{TemporaryExtension}";
        var length = Math.Min(name.Length, LongestName);
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, length)) > LongestName - end.Length)
            length -= length > 1 && char.IsLowSurrogate(name[length - 1]) ? 2 : 1;
        return string.Concat(path.AsSpan(0, path.Length - name.Length), name.AsSpan(0, length), end);
    }
}
