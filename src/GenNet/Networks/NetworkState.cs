using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>
/// What a network remembers of one stream, or of many, while their steps come one by one: the states of its recurrent layers, the windows that convolutions and pools have begun and not yet ended, and what pools of all steps have so far. A network's <c>CreateState</c> makes one;
/// any number of states go with one network. A state is for one thread at a time.
/// </summary>
public sealed unsafe class NetworkState
{
    /// <summary>What a file begins with; the second where it says behind the values where each stream began in training, which its dropout masks follow from.</summary>
    static ReadOnlySpan<byte> Magic => "GNST"u8;

    static ReadOnlySpan<byte> MagicOfTraining => "GNTR"u8;

    const int StartSize = 16;

    /// <summary>Floats count so far, one by one.</summary>
    const int MostCounted = 1 << 24;

    readonly AlignedBuffer _values;

    /// <summary>Where among a stream's values layers count its steps.</summary>
    readonly int[] _counts;

    /// <summary>Where among them layers have a number of steps, whether or not what they do next follows from it, and which layers do.</summary>
    readonly (int Place, int Layer)[] _numbers;

    /// <summary>Where each stream began in training; none where no layer draws masks.</summary>
    readonly SequenceStart[] _starts;

    /// <summary>Allocates states that are zero.</summary>
    /// <param name="architecture">The network's layers.</param>
    /// <param name="streams">Number of streams.</param>
    /// <exception cref="ArgumentException">A layer is <c>Bidirectional</c>: it needs the whole sequence.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no stream, or there are too many.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkState(NetworkArchitecture architecture, int streams)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        for (var layer = 0; layer < architecture.Layers.Count; layer++)
            if (architecture.Layers[layer].GoesBackToo)
                throw new ArgumentException($"{architecture.Name} has no state: layer {layer + 1}, {architecture.Layers[layer].Kind}, is Bidirectional, so it begins with the last step too and needs the whole sequence.", nameof(architecture));
        var (length, counts, numbers) = (0L, new List<int>(), new List<(int Place, int Layer)>());
        for (var i = 0; i < architecture.Layers.Count; i++)
        {
            var layer = architecture.Layers[i];
            var place = (int)Math.Min(length, int.MaxValue);
            if (layer.CountsSteps)
                counts.Add(place);
            if (layer.BeginsWithNumber)
                numbers.Add((place, i));
            length += layer.StateLength;
        }
        var size = (int)Math.Min(length, int.MaxValue);
        if (streams < 1)
            throw new ArgumentOutOfRangeException(nameof(streams), streams, $"A state of {architecture.Name} has at least one stream.");
        if (streams > AlignedBuffer.MostFloats / Math.Max(1, size))
            throw new ArgumentOutOfRangeException(nameof(streams), streams, $"So many streams of {architecture.Name}, of {size} values each, do not fit an array.");
        (Architecture, Size, Streams) = (architecture, size, streams);
        _values = new AlignedBuffer(size * streams);
        _counts = [.. counts];
        _numbers = [.. numbers];
        _starts = architecture.Layers.Any(layer => layer.DrawsMasks) ? new SequenceStart[streams] : [];
        _starts.AsSpan().Fill(SequenceStart.Unknown);
    }

    /// <summary>The layers of the networks that it goes with.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>Values that a stream has.</summary>
    public int Size { get; }

    /// <summary>Number of streams.</summary>
    public int Streams { get; }

    /// <summary>The values of one stream: layer by layer, each with zeros to whole cache lines: h of a recurrent layer, behind that of an <see cref="LSTMLayer"/> its cells; of a convolution or a pool a line that begins with the number of steps, as far as it matters, and what each window has so far, the one that ends next first; of a pool of all steps their sums or largest values.</summary>
    /// <param name="stream">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such stream.</exception>
    public Span<float> Values(int stream = 0)
    {
        CheckStream(stream);
        return _values.Span.Slice(stream * Size, Size);
    }

    /// <summary>Forgets all streams: the next step of each is the first of a sequence.</summary>
    public void Reset()
    {
        _values.Span.Clear();
        _starts.AsSpan().Fill(SequenceStart.Unknown);
    }

    /// <summary>Forgets one stream.</summary>
    /// <inheritdoc cref="Values"/>
    public void Reset(int stream)
    {
        Values(stream).Clear();
        if (_starts.Length > 0)
            _starts[stream] = SequenceStart.Unknown;
    }

    /// <summary>Takes over the streams of another state.</summary>
    /// <exception cref="ArgumentException">It is of another network, or has another number of streams.</exception>
    public void CopyFrom(NetworkState source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckArchitecture(source, nameof(source));
        if (source.Streams != Streams)
            throw new ArgumentException($"A state of {Words(Streams)} cannot take over one of {Words(source.Streams)}.", nameof(source));
        source._values.Span.CopyTo(_values.Span);
        for (var stream = 0; stream < _starts.Length; stream++)
            _starts[stream] = source.StartOf(stream);
    }

    /// <summary>Takes over one stream of another state, or of this one.</summary>
    /// <param name="stream">The stream that is written.</param>
    /// <param name="source">The other state.</param>
    /// <param name="from">The stream of it.</param>
    /// <exception cref="ArgumentException">The state is of another network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such stream.</exception>
    public void CopyFrom(int stream, NetworkState source, int from)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckArchitecture(source, nameof(source));
        source.Values(from).CopyTo(Values(stream));
        if (_starts.Length > 0)
            _starts[stream] = source.StartOf(from);
    }

    /// <summary>Writes all streams.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[20];
        var trained = _starts.Any(start => start.IsKnown);
        (trained ? MagicOfTraining : Magic).CopyTo(head);
        BinaryPrimitives.WriteUInt64LittleEndian(head[4..], Architecture.SchemaHash);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], Size);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], Streams);
        stream.Write(head);
        Span<byte> four = stackalloc byte[4];
        foreach (var value in _values.Span)
        {
            BinaryPrimitives.WriteSingleLittleEndian(four, value);
            stream.Write(four);
        }
        Span<byte> bytes = stackalloc byte[StartSize];
        for (var i = 0; trained && i < Streams; i++)
        {
            var start = StartOf(i);
            BinaryPrimitives.WriteInt64LittleEndian(bytes, start.Batch);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], start.Sample);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], start.Step);
            stream.Write(bytes);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote of a state of as many streams of such a network.</summary>
    /// <exception cref="InvalidDataException">It is no state, one of another network or of another number of streams, has numbers that are not finite, or of a layer a number of steps that cannot be. Nothing has changed.</exception>
    /// <exception cref="EndOfStreamException">It ends too early. Nothing has changed.</exception>
    public void Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[20];
        stream.ReadExactly(head);
        var trained = head[..4].SequenceEqual(MagicOfTraining);
        if (!trained && !head[..4].SequenceEqual(Magic))
            throw new InvalidDataException("This is no state of a network.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(head[4..]) != Architecture.SchemaHash || BinaryPrimitives.ReadInt32LittleEndian(head[12..]) != Size)
            throw new InvalidDataException($"This is the state of another network than {Architecture.Name}.");
        if (BinaryPrimitives.ReadInt32LittleEndian(head[16..]) is var streams && streams != Streams)
            throw new InvalidDataException($"This state has {Words(streams)}, and that of {Architecture.Name} which is to take it {Words(Streams)}.");
        var values = new float[Size * Streams];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
            for (var i = 0; i < values.Length; i++)
                values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(values[i])));
        foreach (var value in values)
            if (!float.IsFinite(value))
                throw new InvalidDataException($"A value of this state is {value}.");
        for (var i = 0; i < Streams; i++)
            foreach (var (place, layer) in _numbers)
                if (values[i * Size + place] is var number && !(number >= 0 && number <= MostCounted && number == MathF.Floor(number)))
                    throw new InvalidDataException(FormattableString.Invariant($"Stream {i} of this state has had {number} steps in layer {layer + 1}, {Architecture.Layers[layer].Kind}: a number of steps is a whole one from 0 to {MostCounted}."));
        var starts = new SequenceStart[Streams];
        starts.AsSpan().Fill(SequenceStart.Unknown);
        Span<byte> bytes = stackalloc byte[StartSize];
        for (var i = 0; trained && i < Streams; i++)
        {
            stream.ReadExactly(bytes);
            starts[i] = new(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]));
            if (starts[i] is { Batch: < -1 } or { Sample: < 0 } or { Step: < 0 })
                throw new InvalidDataException($"Stream {i} of this state cannot have begun where it says.");
        }
        values.CopyTo(_values.Span);
        starts.AsSpan(0, _starts.Length).CopyTo(_starts);
    }

    /// <summary>Where each stream began in training; empty where nobody needs to know.</summary>
    internal ReadOnlySpan<SequenceStart> Starts => _starts;

    SequenceStart StartOf(int stream) => _starts.Length > 0 ? _starts[stream] : SequenceStart.Unknown;

    /// <summary>Sets what one stream remembers, and where it began in training.</summary>
    internal void Set(int stream, ReadOnlySpan<float> values, SequenceStart start)
    {
        values.CopyTo(Values(stream));
        if (_starts.Length > 0)
            _starts[stream] = start;
    }

    /// <summary>The values of all streams, one behind the other.</summary>
    internal ReadOnlySpan<float> All => _values.Span;

    /// <summary>The first value of the first stream.</summary>
    internal ref float First => ref *_values.Pointer;

    /// <summary>How many streams from one on, of the next so many, stand alike: layers do the same with the next step of each.</summary>
    internal int Alike(int first, int most)
    {
        var alike = _counts.Length == 0 ? most : 1;
        for (; alike < most; alike++)
            foreach (var count in _counts)
                if (_values.Pointer[(nint)first * Size + count] != _values.Pointer[(nint)(first + alike) * Size + count])
                    return alike;
        return alike;
    }

    /// <summary>The streams as rows.</summary>
    internal Rows Rows(int first, int count) => new(_values.Pointer + (nint)first * Size, Size, count);

    void CheckArchitecture(NetworkState source, string parameter)
    {
        if (source.Architecture != Architecture && source.Architecture.SchemaHash != Architecture.SchemaHash)
            throw new ArgumentException($"A state of {Architecture.Name} cannot take over one of {source.Architecture.Name}.", parameter);
    }

    void CheckStream(int stream)
    {
        if ((uint)stream >= (uint)Streams)
            throw new ArgumentOutOfRangeException(nameof(stream), stream, $"This state has {(Streams == 1 ? "stream 0 alone" : $"streams 0 to {Streams - 1}")}.");
    }

    static string Words(int streams) => streams == 1 ? "1 stream" : FormattableString.Invariant($"{streams} streams");

    /// <summary>The state in words: <c>state of GestureNet, 1 stream of 32 values</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"state of {Architecture.Name}, {Words(Streams)} of {Size} values");
}
