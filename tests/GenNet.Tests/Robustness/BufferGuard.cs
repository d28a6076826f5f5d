using System.Collections;
using System.Reflection;

namespace GenNet.Tests.Robustness;

/// <summary>Finds all aligned buffers that objects hold, and tells whether anything is written beside one: each array has a few floats more than its buffer, for the alignment.</summary>
sealed class BufferGuard
{
    const float Mark = 12345.678f;

    static readonly FieldInfo Array = Field("_array"), Start = Field("_start");

    readonly List<(string Where, float[] Array, int Start, int End)> _buffers = [];

    public BufferGuard(params object[] roots)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var left = new Queue<(string Where, object Value)>(roots.Select(root => (root.GetType().Name, root)));
        while (left.TryDequeue(out var next))
        {
            if (!seen.Add(next.Value))
                continue;
            if (next.Value is AlignedBuffer buffer)
                Add(next.Where, buffer);
            else if (next.Value is IEnumerable elements and System.Array)
                foreach (var element in elements)
                    Enqueue(next.Where + "[]", element);
            else
                for (var type = next.Value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => !field.FieldType.IsPointer && !field.FieldType.IsPrimitive))
                        Enqueue($"{type.Name}.{field.Name}", field.GetValue(next.Value));
        }

        void Enqueue(string where, object? value)
        {
            if (value is not null and not string and not Delegate and not Type and not Thread && !value.GetType().IsPrimitive && (value is System.Array || value.GetType().Namespace?.StartsWith("System", StringComparison.Ordinal) != true))
                left.Enqueue((where, value));
        }
    }

    public int Count => _buffers.Count;

    /// <summary>The buffers beside which something was written.</summary>
    public IEnumerable<string> Overrun => _buffers.Where(buffer => buffer.Array.Where((value, i) => (i < buffer.Start || i >= buffer.End) && value != Mark).Any()).Select(buffer => $"{buffer.Where}, {buffer.End - buffer.Start} floats");

    /// <summary>Of slices, the buffer behind them all counts.</summary>
    void Add(string where, AlignedBuffer buffer)
    {
        var (array, start) = ((float[])Array.GetValue(buffer)!, (int)Start.GetValue(buffer)!);
        if (array.Length != buffer.Length + 16)
            return;
        _buffers.Add((where, array, start, start + buffer.Length));
        array.AsSpan(0, start).Fill(Mark);
        array.AsSpan(start + buffer.Length).Fill(Mark);
    }

    static FieldInfo Field(string name) => typeof(AlignedBuffer).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
