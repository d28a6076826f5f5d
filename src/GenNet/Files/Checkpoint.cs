using System.Buffers.Binary;
using System.Text;

namespace GenNet;

/// <summary>
/// Keeps a training run in a file: weights, the optimiser's state and learning rate, the numbers of updates and batches and the seed of dropout, the state of a <see cref="PlateauSchedule"/>,
/// the limits of norms, label smoothing and class weights, where <c>Fit</c> is and its best weights. Training that goes on from it has the same bits as training that never stopped.
/// </summary>
/// <remarks>
/// The file is a safetensors file whose weights have their usual names, so it can be loaded as a model too; the optimiser's state is
/// <c>optimizer.exp_avg.0.weight</c> and so on, the best weights <c>best.0.weight</c> and so on. What is no number of a network is JSON in <c>fit.training</c>. A checksum covers all of it, names too.
/// </remarks>
public static class Checkpoint
{
    /// <summary>Writes a checkpoint between two updates, in one go: after a crash at any moment there is the old file or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">The trainer, with its network.</param>
    /// <param name="state">Where the run is.</param>
    /// <exception cref="ArgumentException">The state is none that <see cref="Load(string, Trainer)"/> would take: a negative number of epochs, an epoch without a number, best weights of another network, a text that is not valid Unicode and so on. Nothing is written.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written, or what was written not be read back; what was there before still is.</exception>
    public static void Save(string path, Trainer trainer, TrainingState? state = null) => Save(path, trainer, state, new Disk());

    /// <summary>Writes a checkpoint with bytes of the program's own, as many as the disk holds: a replay memory, a simulated world. They go to the file as they are written, none is kept in memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">The trainer, with its network.</param>
    /// <param name="state">Where the run is.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="write">Writes them, front to back.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number, or there are fewer bytes or more. Nothing is written.</exception>
    /// <inheritdoc cref="Save(string, Trainer, TrainingState?)"/>
    public static void Save(string path, Trainer trainer, TrainingState? state, long length, Action<Stream> write)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentNullException.ThrowIfNull(write);
        Save(path, trainer, state, new Disk(), new StoredBytes(length, write));
    }

    /// <summary>Writes a checkpoint between two updates to a stream, which is left open: to keep it in a file of the program's own.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="trainer">The trainer, with its network.</param>
    /// <param name="state">Where the run is.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <inheritdoc cref="Save(string, Trainer, TrainingState?)"/>
    public static void Save(Stream stream, Trainer trainer, TrainingState? state = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Writer(trainer, state).WriteTo(stream);
    }

    /// <inheritdoc cref="Save(string, Trainer, TrainingState?)"/>
    internal static void Save(string path, Trainer trainer, TrainingState? state, Disk disk, StoredBytes? bytes = null) =>
        // The last checkpoint gives way only to one that is known to be as good.
        AtomicFile.Write(path, Writer(trainer, state, bytes).WriteTo, disk, written => ReadBack(path, written, trainer));

    static SafeTensorsWriter Writer(Trainer trainer, TrainingState? state, StoredBytes? bytes = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        state ??= new TrainingState();
        var network = trainer.Network;
        var tensors = new TensorList(network.Architecture);
        tensors.AddWeights(network.Parameters, name => name);
        foreach (var name in trainer.StateNames)
            tensors.Add(trainer.State(name), tensor => FileKeys.OptimizerState(name, tensor));
        if (state.Fit.BestParameters is { } best)
        {
            if (!best.Layers.SequenceEqual(network.Parameters.Layers))
                throw new ArgumentException($"The state's best weights are of another network than {network.GetType().Name}. Nothing was written.", nameof(state));
            tensors.AddWeights(best, FileKeys.Best);
        }
        HistoryTable.Check(state.Fit.History);
        if (state.Fit.History.Count > 0)
            tensors.Add(FileKeys.History, HistoryTable.Write(state.Fit.History), HistoryTable.Columns);
        tensors.Add(FileKeys.Training, TrainingText.Write(trainer, state));
        tensors.Metadata[FileKeys.Checkpoint] = FileKeys.CheckpointVersion;
        return tensors.ToWriter(checksum: true, bytes);
    }

    static void ReadBack(string path, string written, Trainer trainer)
    {
        try
        {
            using var file = SafeTensorsFile.OpenStream(written);
            _ = Check(SafeTensorsFile.Read(file, written, FileKeys.IsPieceOfBytes), trainer);
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"{path}: what was written cannot be read back, so it is not kept. {e.Message}", e);
        }
    }

    /// <summary>Reads a checkpoint into a trainer and its network, which go on from there. Everything is checked first: where it fails, both are as they were.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">A trainer of such a network, with the same optimiser; its learning rate is taken from the file.</param>
    /// <returns>Where the run was.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or is no checkpoint of such a trainer. The message names the file and the fault, and says what to change.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainingState Load(string path, Trainer trainer) => Load(path, trainer, (_, _) => { });

    /// <summary>Reads a checkpoint, and what it holds of bytes of the program's own. Everything else is checked first, and the trainer and its network are changed last: where anything fails, both are as they were.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">A trainer of such a network, with the same optimiser; its learning rate is taken from the file.</param>
    /// <param name="read">Given where the run was, reads the bytes, front to back. The stream knows their number; there may be none.</param>
    /// <inheritdoc cref="Load(string, Trainer)"/>
    public static TrainingState Load(string path, Trainer trainer, Action<TrainingState, Stream> read)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(read);
        using var stream = SafeTensorsFile.OpenStream(path);
        var file = SafeTensorsFile.Read(stream, path, FileKeys.IsPieceOfBytes);
        var (match, run) = Check(file, trainer);
        var pieces = file.Tensors.Where(tensor => FileKeys.IsPieceOfBytes(tensor.Name));
        read(run.State, new PieceReader(pieces.Sum(piece => (long)piece.Length), pieces.Select(piece => piece.Data)));
        match.Copy();
        run.Restore(trainer);
        return run.State;
    }

    /// <summary>Reads a checkpoint from a stream, from where it stands to its end.</summary>
    /// <param name="stream">The stream. It need not be seekable and is left open.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="trainer">A trainer of such a network, with the same optimiser; its learning rate is taken from the file.</param>
    /// <returns>Where the run was.</returns>
    /// <exception cref="InvalidDataException">As for a path. The message holds that name.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static TrainingState Load(Stream stream, string name, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var (match, run) = Check(SafeTensorsFile.Read(stream, name), trainer);
        match.Copy();
        run.Restore(trainer);
        return run.State;
    }

    /// <summary>All that may be wrong with a checkpoint is found here, before anything changes.</summary>
    static (TensorMatch Match, TrainingText Run) Check(SafeTensorsFile file, Trainer trainer)
    {
        var network = trainer.Network;
        var text = CheckedText(file);
        var match = new TensorMatch(file, network.Architecture);
        match.Add(network.Parameters, name => name);
        var run = TrainingText.Read(file.Name, text);
        run.CheckFits(trainer);
        foreach (var name in trainer.StateNames)
            match.Add(trainer.State(name), tensor => FileKeys.OptimizerState(name, tensor), raw: true);
        if (run.HasBest)
        {
            run.State.Fit.BestParameters = network.Parameters.Like();
            match.Add(run.State.Fit.BestParameters, FileKeys.Best);
        }
        match.CheckNothingElse(FileKeys.FitPrefix);
        match.CheckSchema();
        if (file.Find(FileKeys.History) is { } history)
            HistoryTable.Read(file.Name, history, run.State.Fit.History);
        run.RestoreHistory();
        return (match, run);
    }

    static string CheckedText(SafeTensorsFile file)
    {
        if (file.Metadata.GetValueOrDefault(FileKeys.Checkpoint) is not { } version)
            throw new InvalidDataException($"{file.Name}: this is no checkpoint. Load the weights with network.Load.");
        if (version != FileKeys.CheckpointVersion)
            throw new InvalidDataException($"{file.Name}: this is a checkpoint of version {TensorEntry.Shorten(version)}, only version {FileKeys.CheckpointVersion} can be read.");
        if (file.Find(FileKeys.Training) is not { } text || file.Tensors[^1] is not { Name: FileKeys.Checksum, Bytes.Length: sizeof(ulong) } last
            || BinaryPrimitives.ReadUInt64LittleEndian(last.Bytes) != ChecksumOf(file))
            throw new InvalidDataException($"{file.Name}: the checksum does not fit, the file was damaged. Load an earlier checkpoint.");
        return Encoding.UTF8.GetString(text.Bytes);
    }

    /// <summary>Of the header and of all tensors but the last.</summary>
    static ulong ChecksumOf(SafeTensorsFile file)
    {
        var checksum = new Checksum();
        checksum.Add(file.HeaderBytes.Span);
        foreach (var tensor in file.Tensors.SkipLast(1))
            checksum.Add(tensor.Bytes);
        return checksum.Value;
    }
}
