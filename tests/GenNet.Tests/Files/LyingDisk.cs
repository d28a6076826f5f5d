extern alias library;

namespace GenNet.Tests.Files;

using Disk = library::GenNet.Disk;

/// <summary>A real disk that says that all is well and keeps something else than what was written.</summary>
sealed class LyingDisk : Disk
{
    /// <summary>What becomes of a file once it is flushed.</summary>
    public Action<FileStream> Damage { get; set; } = _ => { };

    public override Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);

    public override void Flush(Stream file)
    {
        base.Flush(file);
        Damage((FileStream)file);
    }
}
