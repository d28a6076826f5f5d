namespace GenNet.Agents;

/// <summary>
/// An agent's checkpoint: that of a trainer of its network, whose notes say of what kind the agent is and how it is set; and in the file's bytes the value's network, what is known of the run, and its arrays.
/// </summary>
static class AgentFile
{
    const string Agent = "agent", SettingPrefix = "agent.";

    /// <summary>Bytes of a copy of arrays that one array holds.</summary>
    const int PieceLength = 1 << 20;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">What trains the network, which can be loaded from the file as a model.</param>
    /// <param name="value">What trains the value's network; null where there is none.</param>
    /// <param name="run">The rest.</param>
    public static void Save(string path, Trainer trainer, Trainer? value, AgentRun run)
    {
        var state = new TrainingState();
        state.Notes[Agent] = run.Kind;
        foreach (var (name, text) in run.Settings)
            state.Notes[SettingPrefix + name] = text;
        using var ofValue = new MemoryStream();
        if (value is not null)
            Checkpoint.Save(ofValue, value);
        using var known = Known(run);
        var arrays = run.Arrays();
        Checkpoint.Save(path, trainer, state, 2 * sizeof(int) + ofValue.Length + known.Length + arrays.Length, stream =>
        {
            var writer = new BinaryWriter(stream);
            foreach (var part in (MemoryStream[])[ofValue, known])
            {
                writer.Write((int)part.Length);
                writer.Write(part.GetBuffer(), 0, (int)part.Length);
            }
            arrays.Write(stream);
        });
    }

    static MemoryStream Known(AgentRun run)
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        run.Write(writer);
        writer.Flush();
        return stream;
    }

    /// <summary>Reads a checkpoint of such an agent with such settings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">A copy of what trains the network, changed.</param>
    /// <param name="value">A copy of what trains the value's network, changed; null where there is none.</param>
    /// <param name="run">The rest, changed. Where anything fails, it is as it was.</param>
    /// <param name="agree">Is told a fingerprint of what was read, and may refuse it; null for nobody.</param>
    public static void Load(string path, Trainer trainer, Trainer? value, AgentRun run, Action<ulong>? agree = null) => Checkpoint.Load(path, trainer, (state, stream) =>
    {
        Check(path, state, run);
        try
        {
            var ofValue = ReadPart(stream);
            if (value is not null)
                Checkpoint.Load(new MemoryStream(ofValue, writable: false), path, value);
            Read(run, ReadPart(stream), stream, agree);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{path}: it ends too soon.", e);
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    });

    static void Check(string path, TrainingState state, AgentRun run)
    {
        if (!state.Notes.TryGetValue(Agent, out var kind))
            throw new InvalidDataException($"{path}: this is a checkpoint of a trainer, not of such an agent: it has no note '{Agent}'. Load it with Checkpoint.Load.");
        if (kind != run.Kind)
            throw new InvalidDataException($"{path}: this is a checkpoint of {kind}, not of {run.Kind}. Create such an agent.");
        foreach (var (name, text) in run.Settings)
            if (state.Notes.TryGetValue(SettingPrefix + name, out var found) && found != text)
                throw new InvalidDataException($"{path}: its run has {name} = {found}, this one {text}. Create the agent with the settings of the run, or go on from its weights alone: network.Load.");
    }

    static byte[] ReadPart(Stream stream)
    {
        var length = new BinaryReader(stream).ReadInt32();
        var bytes = new byte[length >= 0 && length <= stream.Length - stream.Position ? length : throw new EndOfStreamException()];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static void Read(AgentRun run, byte[] known, Stream stream, Action<ulong>? agree)
    {
        using var before = Known(run);
        var pieces = new List<byte[]>();
        var length = run.Arrays().Length;
        run.Arrays().Write(new PieceWriter(length, PieceLength, (piece, count) => pieces.Add(piece[..count])));
        try
        {
            ReadKnown(run, known);
            if (run.Arrays().Length is var needed && needed != stream.Length - stream.Position)
                throw new InvalidDataException($"{needed} bytes of arrays should follow, there are {stream.Length - stream.Position}.");
            run.Arrays().Read(stream);
            agree?.Invoke(EnvironmentRanks.Hash(known));
        }
        catch
        {
            ReadKnown(run, before.ToArray());
            run.Arrays().Read(new PieceReader(length, pieces));
            throw;
        }
    }

    static void ReadKnown(AgentRun run, byte[] known)
    {
        using var stream = new MemoryStream(known, writable: false);
        run.Read(new BinaryReader(stream));
        if (stream.Position != stream.Length)
            throw new InvalidDataException($"{stream.Length - stream.Position} bytes are left over.");
    }

    /// <summary>A trainer of a network of its own that a checkpoint of such a trainer fits.</summary>
    public static Trainer<Adam> Copy(Trainer<Adam> trainer)
    {
        var copy = trainer.Network.Clone().CreateTrainer(trainer.Optimizer, trainer.BatchSize);
        copy.CopyStateFrom(trainer);
        return copy;
    }

    /// <summary>Goes on where another trainer is.</summary>
    public static void TakeOver(Trainer<Adam> trainer, Trainer<Adam> source)
    {
        trainer.Network.Parameters.CopyFrom(source.Network.Parameters);
        trainer.CopyStateFrom(source);
    }
}
