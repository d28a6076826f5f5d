namespace GenNet.Agents;

/// <summary>What an agent's checkpoint holds beside those of its trainers, in the notes of the policy's.</summary>
static class AgentFile
{
    public const string Agent = "agent", Value = "value";

    /// <summary>The text of a note: what the checkpoint is of, and numbers.</summary>
    public static string Write(string kind, Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(kind);
        write(writer);
        writer.Flush();
        return Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads what was written, of the same kind.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="state">The notes.</param>
    /// <param name="kind">What the checkpoint must be of.</param>
    /// <param name="write">Writes the numbers as they are before: where reading fails, they are again.</param>
    /// <param name="read">Reads the numbers.</param>
    public static void Read(string path, TrainingState state, string kind, Action<BinaryWriter> write, Action<BinaryReader> read)
    {
        using var stream = Open(path, state, Agent);
        using var reader = new BinaryReader(stream);
        using var before = new MemoryStream();
        using var writer = new BinaryWriter(before);
        var begun = false;
        try
        {
            if (reader.ReadString() is var found && found != kind)
                throw new InvalidDataException($"this is a checkpoint of {found}, not of {kind}. Create the agent with the same settings.");
            write(writer);
            begun = true;
            read(reader);
            if (stream.Position != stream.Length)
                throw new InvalidDataException($"{stream.Length - stream.Position} bytes are left over.");
        }
        catch (Exception e)
        {
            if (begun)
            {
                writer.Flush();
                before.Position = 0;
                read(new BinaryReader(before));
            }
            throw e switch
            {
                EndOfStreamException => new InvalidDataException($"{path}: it ends too soon.", e),
                InvalidDataException => new InvalidDataException($"{path}: {e.Message}", e),
                _ => e,
            };
        }
    }

    /// <summary>The bytes of a note.</summary>
    public static MemoryStream Open(string path, TrainingState state, string note)
    {
        if (!state.Notes.TryGetValue(note, out var text))
            throw new InvalidDataException($"{path}: this is a checkpoint of a trainer, not of such an agent: it has no note '{note}'. Load it with Checkpoint.Load.");
        try
        {
            return new MemoryStream(Convert.FromBase64String(text), writable: false);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}: its note '{note}' is damaged.", e);
        }
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
