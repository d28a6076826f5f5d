using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenNet.Agents;

/// <summary>Arrays of a run, which go into checkpoints from where they are, and back there, however long they are.</summary>
sealed class RunArrays
{
    /// <summary>Elements that are written or read at a time: a span of bytes holds no more than an int counts.</summary>
    const int AtOnce = 1 << 20;

    readonly List<(long Length, Action<Stream> Write, Action<Stream> Read)> _parts = [];

    /// <summary>Bytes of all.</summary>
    public long Length => _parts.Sum(part => part.Length);

    /// <summary>Adds an array.</summary>
    public void Add<T>(T[] array) where T : unmanaged => Add(array, 0, array.Length);

    /// <summary>Adds a part of an array.</summary>
    public void Add<T>(T[] array, int first, int count) where T : unmanaged => _parts.Add(((long)count * Unsafe.SizeOf<T>(), stream =>
    {
        for (var at = 0; at < count; at += AtOnce)
            stream.Write(MemoryMarshal.AsBytes(array.AsSpan(first + at, Math.Min(AtOnce, count - at))));
    }, stream =>
    {
        for (var at = 0; at < count; at += AtOnce)
            stream.ReadExactly(MemoryMarshal.AsBytes(array.AsSpan(first + at, Math.Min(AtOnce, count - at))));
    }));

    /// <summary>Adds the weights of a network.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="room">[weights] room to copy them to.</param>
    public void Add(ParameterBlock parameters, float[] room) => _parts.Add(((long)room.Length * sizeof(float), stream =>
    {
        parameters.CopyTo(room);
        stream.Write(MemoryMarshal.AsBytes<float>(room));
    }, stream =>
    {
        stream.ReadExactly(MemoryMarshal.AsBytes<float>(room));
        parameters.CopyFrom(room);
    }));

    /// <summary>Does something once the arrays before have been read.</summary>
    public void Then(Action action) => _parts.Add((0, _ => { }, _ => action()));

    public void Write(Stream stream)
    {
        foreach (var (_, write, _) in _parts)
            write(stream);
    }

    public void Read(Stream stream)
    {
        foreach (var (_, _, read) in _parts)
            read(stream);
    }
}
