using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenNet.Agents;

/// <summary>The state of environments in checkpoints: as they write it themselves, or their bytes.</summary>
static class EnvironmentState
{
    public static bool CanSave<TEnvironment>(ref TEnvironment environment) => environment is ISavedEnvironment || !RuntimeHelpers.IsReferenceOrContainsReferences<TEnvironment>();

    public static void Save<TEnvironment>(ref TEnvironment environment, BinaryWriter writer)
    {
        if (environment is ISavedEnvironment saved)
        {
            // With its length, so that what reads too much or too little does not spoil what follows.
            using var stream = new MemoryStream();
            using var own = new BinaryWriter(stream);
            saved.Save(own);
            own.Flush();
            writer.Write((int)stream.Length);
            writer.Write(stream.GetBuffer(), 0, (int)stream.Length);
        }
        else
            writer.Write(Bytes(ref environment));
    }

    public static void Load<TEnvironment>(ref TEnvironment environment, BinaryReader reader)
    {
        if (environment is ISavedEnvironment saved)
        {
            var bytes = new byte[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(bytes);
            using var stream = new MemoryStream(bytes, writable: false);
            using var own = new BinaryReader(stream);
            var name = typeof(TEnvironment).Name;
            try
            {
                saved.Load(own);
            }
            catch (EndOfStreamException e)
            {
                throw new InvalidDataException($"{name}.Load reads more than the {bytes.Length} bytes that {name}.Save wrote.", e);
            }
            if (stream.Position != stream.Length)
                throw new InvalidDataException($"{name}.Load has read {stream.Position} of the {stream.Length} bytes that {name}.Save wrote.");

            // Of a struct this was a copy.
            environment = (TEnvironment)saved;
        }
        else
            reader.BaseStream.ReadExactly(Bytes(ref environment));
    }

    static Span<byte> Bytes<TEnvironment>(ref TEnvironment environment) => RuntimeHelpers.IsReferenceOrContainsReferences<TEnvironment>()
        ? throw new InvalidOperationException($"{typeof(TEnvironment).Name} has references, so its bytes are not its state: let it implement {nameof(ISavedEnvironment)} to save checkpoints in the middle of its episodes.")
        : MemoryMarshal.CreateSpan(ref Unsafe.As<TEnvironment, byte>(ref environment), Unsafe.SizeOf<TEnvironment>());
}
