using System.Globalization;

namespace GenNet;

/// <summary>
/// The last checkpoints of a training run, in a folder of its own: <c>checkpoint-000001.safetensors</c> and so on. One program at a time may write to it.
/// </summary>
public sealed class CheckpointStore
{
    const string Prefix = "checkpoint-";
    const string Extension = ".safetensors";

    /// <summary>Opens a folder, and creates it where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="keep">How many checkpoints stay: older ones are deleted when a new one is complete.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keep"/> is not positive.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public CheckpointStore(string folder, int keep = 3)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keep);
        (Folder, Keep) = (Path.GetFullPath(folder), keep);
        Permission.Needed(Folder, () => Directory.CreateDirectory(Folder));
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>How many checkpoints stay.</summary>
    public int Keep { get; }

    /// <summary>Where checkpoints are written.</summary>
    internal Disk Disk { get; init; } = new();

    /// <summary>The checkpoints, newest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Paths => [.. Numbered().Select(file => file.Path)];

    /// <summary>Writes a checkpoint and reads it back, then deletes those that are too old.</summary>
    /// <param name="trainer">The trainer, with its network.</param>
    /// <param name="state">Where the run is.</param>
    /// <returns>The path of the new file.</returns>
    /// <exception cref="ArgumentException">The state is none that <see cref="LoadNewest"/> would take. Nothing is written or deleted.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number. Nothing is written or deleted.</exception>
    /// <exception cref="IOException">The file cannot be written, what was written not be read back, or an old one not deleted.</exception>
    public string Save(Trainer trainer, TrainingState? state = null)
    {
        var files = Numbered();
        var number = files.Count == 0 ? 1 : files[0].Number + 1;
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D6}{Extension}"));
        Checkpoint.Save(path, trainer, state, Disk);
        Permission.Needed(Folder, () =>
        {
            foreach (var old in files.Skip(Keep - 1))
                File.Delete(old.Path);

            // What a program that was killed left behind.
            foreach (var temporary in Directory.EnumerateFiles(Folder, $"{Prefix}*{AtomicFile.TemporaryExtension}"))
                File.Delete(temporary);
        });
        return path;
    }

    /// <summary>Reads the newest checkpoint that is not damaged.</summary>
    /// <param name="trainer">A trainer of such a network, with the same optimiser.</param>
    /// <param name="unreadable">Told of each newer file that cannot be read, and why.</param>
    /// <returns>Where the run was; null where there is no file at all.</returns>
    /// <exception cref="InvalidDataException">There are files, but none can be read into this trainer. The message is the newest one's; the trainer is as it was.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public TrainingState? LoadNewest(Trainer trainer, Action<InvalidDataException>? unreadable = null)
    {
        InvalidDataException? newest = null;
        foreach (var file in Numbered())
        {
            try
            {
                return Checkpoint.Load(file.Path, trainer);
            }
            catch (InvalidDataException e)
            {
                newest ??= e;
                unreadable?.Invoke(e);
            }
        }
        return newest is null ? null : throw new InvalidDataException(newest.Message, newest);
    }

    List<(long Number, string Path)> Numbered()
    {
        var files = new List<(long Number, string Path)>();
        foreach (var path in Permission.Needed(Folder, () => Directory.GetFiles(Folder, $"{Prefix}*{Extension}")))
            if (long.TryParse(Path.GetFileName(path)[Prefix.Length..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue)
                files.Add((number, path));
        files.Sort((left, right) => right.Number.CompareTo(left.Number));
        return files;
    }
}
