using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenNet.Agents;

/// <summary>The state of environments in checkpoints: as they write it themselves, or their bytes.</summary>
static class EnvironmentState
{
    public static void Save<TEnvironment>(ref TEnvironment environment, BinaryWriter writer)
    {
        if (environment is ISavedEnvironment saved)
            saved.Save(writer);
        else
            writer.Write(Bytes(ref environment));
    }

    public static void Load<TEnvironment>(ref TEnvironment environment, BinaryReader reader)
    {
        if (environment is ISavedEnvironment saved)
        {
            saved.Load(reader);

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
