using System.Globalization;

namespace GenNet;

/// <summary>
/// Keeps a training run in a file: weights, the optimiser's state and learning rate, the numbers of updates and batches and the seed of dropout, the state of a <see cref="PlateauSchedule"/>,
/// the limits of norms, label smoothing and class weights, where <c>Fit</c> is and its best weights. Training that goes on from it has the same bits as training that never stopped.
/// </summary>
/// <remarks>
/// The file is a safetensors file whose weights have their usual names, so it can be loaded as a model too; the optimiser's state is
/// <c>optimizer.exp_avg.0.weight</c> and so on, the best weights <c>best.0.weight</c> and so on. A checksum covers all of it.
/// </remarks>
public static class Checkpoint
{
    /// <summary>Writes a checkpoint between two updates, in one go: after a crash at any moment there is the old file or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">The trainer, with its network.</param>
    /// <param name="state">Where the run is.</param>
    /// <exception cref="InvalidOperationException">A weight is not a finite number. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    public static void Save(string path, Trainer trainer, TrainingState? state = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        state ??= new TrainingState();
        var network = trainer.Network;
        var tensors = new TensorList(network.Architecture);
        tensors.AddWeights(network.Parameters, name => name);
        foreach (var name in trainer.StateNames)
            tensors.Add(trainer.State(name), tensor => FileKeys.OptimizerState(name, tensor));
        if (state.Fit.BestParameters is { } best)
            tensors.Add(best, FileKeys.Best);
        if (state.Fit.History.Count > 0)
            tensors.Add(FileKeys.History, HistoryTable.Write(state.Fit.History), HistoryTable.Columns);

        var text = TrainingText.Write(trainer, state);
        tensors.Metadata[FileKeys.Checkpoint] = FileKeys.CheckpointVersion;
        tensors.Metadata[FileKeys.Training] = text;
        tensors.Metadata[FileKeys.Checksum] = Format(tensors.Checksum(text));
        AtomicFile.Write(path, tensors.ToWriter().WriteTo);
    }

    /// <summary>Reads a checkpoint into a trainer and its network, which go on from there. Everything is checked first: where it fails, both are as they were.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">A trainer of such a network, with the same optimiser; its learning rate is taken from the file.</param>
    /// <returns>Where the run was.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or is no checkpoint of such a trainer. The message names the file and the fault, and says what to change.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainingState Load(string path, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return Load(SafeTensorsFile.Open(path), trainer);
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
        return Load(SafeTensorsFile.Read(stream, name), trainer);
    }

    static TrainingState Load(SafeTensorsFile file, Trainer trainer)
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
        match.CheckNothingElse(FileKeys.History);
        match.CheckSchema();
        if (file.Find(FileKeys.History) is { } history)
            HistoryTable.Read(file.Name, history, run.State.Fit.History);

        match.Copy();
        run.Restore(trainer);
        return run.State;
    }

    static string CheckedText(SafeTensorsFile file)
    {
        if (file.Metadata.GetValueOrDefault(FileKeys.Checkpoint) is not { } version)
            throw new InvalidDataException($"{file.Name}: this is no checkpoint. Load the weights with network.Load.");
        if (version != FileKeys.CheckpointVersion)
            throw new InvalidDataException($"{file.Name}: this is a checkpoint of version {TensorEntry.Shorten(version)}, only version {FileKeys.CheckpointVersion} can be read.");
        var text = file.Metadata.GetValueOrDefault(FileKeys.Training) ?? "";
        var checksum = new Checksum(text);
        foreach (var tensor in file.Tensors)
            checksum.Add(tensor.Bytes);
        if (file.Metadata.GetValueOrDefault(FileKeys.Checksum) != Format(checksum.Value))
            throw new InvalidDataException($"{file.Name}: the checksum does not fit, the file was damaged. Load an earlier checkpoint.");
        return text;
    }

    static string Format(ulong checksum) => checksum.ToString("x16", CultureInfo.InvariantCulture);
}
