using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GenNet;

/// <summary>The part of a checkpoint that is no tensor, as JSON.</summary>
sealed class TrainingText
{
    readonly string _file, _optimizer;
    readonly long _step, _batches;
    readonly ulong _seed;
    readonly double _learningRate, _maxGradientNorm, _maxWeightNorm, _labelSmoothing;
    readonly float[] _classWeights;
    readonly LayerState[] _layers;
    readonly PlateauState[] _plateaus;
    readonly List<(int Result, HealthFinding Finding)> _findings = [];
    readonly List<(int Result, string Name, Evaluation Evaluation)> _heads = [];

    TrainingText(string file, JsonElement root)
    {
        _file = file;
        _optimizer = root.GetProperty("optimizer").GetString() ?? "";
        _step = Count(root, "step");
        _batches = Count(root, "batches");
        _seed = root.GetProperty("seed").GetUInt64();

        // As the trainer takes them.
        _learningRate = Number(root, "learningRate", value => value >= 0 && float.IsFinite((float)value));
        _maxGradientNorm = Number(root, "maxGradientNorm", value => (float)value > 0);
        _maxWeightNorm = Number(root, "maxWeightNorm", value => (float)value > 0);
        _labelSmoothing = Number(root, "labelSmoothing", value => value is >= 0 and <= 1);
        _classWeights = [.. root.GetProperty("classWeights").EnumerateArray().Select(weight => weight.GetSingle())];
        if (_classWeights.Any(weight => !(weight >= 0 && float.IsFinite(weight))))
            throw new FormatException("a class weight is negative or not finite");
        _layers = [.. root.GetProperty("layers").EnumerateArray().Select(layer => ReadLayer(root, layer))];
        _plateaus = [.. root.GetProperty("plateaus").EnumerateArray().Select(ReadPlateau)];
        HasBest = root.GetProperty("hasBest").GetBoolean();
        State = new TrainingState { Fit = ReadFit(root.GetProperty("fit")) };
        foreach (var stream in root.GetProperty("randomStreams").EnumerateObject())
            State.RandomStreams[stream.Name] = RandomStream.Resume(stream.Value.GetProperty("key").GetUInt64(), stream.Value.GetProperty("counter").GetUInt64());
        foreach (var note in root.GetProperty("notes").EnumerateObject())
            State.Notes[note.Name] = note.Value.GetString() ?? "";
        foreach (var finding in root.GetProperty("findings").EnumerateArray())
            _findings.Add(((int)Count(finding, "result", int.MaxValue), ReadFinding(finding)));
        foreach (var head in root.GetProperty("heads").EnumerateArray())
            _heads.Add(((int)Count(head, "result", int.MaxValue), head.GetProperty("name").GetString() ?? "", ReadHead(head)));
    }

    /// <summary>Where the run was; its best weights and its history are tensors.</summary>
    public TrainingState State { get; }

    public bool HasBest { get; }

    /// <exception cref="InvalidDataException">The text is damaged.</exception>
    public static TrainingText Read(string file, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return new TrainingText(file, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{file}: its {FileKeys.Training} cannot be read: {TensorEntry.Shorten(e.Message)}", e);
        }
    }

    /// <exception cref="InvalidDataException">The trainer has another optimiser, or other schedules.</exception>
    public void CheckFits(Trainer trainer)
    {
        var optimizer = trainer.DescribeOptimizer(_learningRate);
        if (optimizer != _optimizer)
            throw new InvalidDataException($"{_file}: its run was made with {TensorEntry.Shorten(_optimizer, longest: 400)}, the trainer has {optimizer}. "
                + "Create the trainer with the same optimiser; its hyper-parameters may be changed after loading.");
        if (_classWeights.Length > 0 && _classWeights.Length != trainer.ClassCount)
            throw new InvalidDataException($"{_file}: its run weighed {_classWeights.Length} classes, the network has {trainer.ClassCount}.");
        if ((_classWeights.Length > 0 || _labelSmoothing > 0) && trainer.Network.Architecture.Heads.Count > 1)
            throw new InvalidDataException($"{_file}: its run took labels, which a network of several heads does not.");
        if (_layers.Length != trainer.Layers.Count)
            throw new InvalidDataException($"{_file}: its run had {_layers.Length} layers, the network has {trainer.Layers.Count}.");
        var plateaus = ICompositeSchedule.Plateaus(trainer.Schedule).Count();
        if (plateaus != _plateaus.Length)
            throw new InvalidDataException($"{_file}: its run had {_plateaus.Length} PlateauSchedules, the trainer's Schedule has {plateaus}. Set the same Schedule before loading.");
    }

    /// <summary>Puts what was found wrong with an epoch's gradients, and how each head was judged, to its result.</summary>
    /// <exception cref="InvalidDataException">There is no such result.</exception>
    public void RestoreHistory()
    {
        foreach (var findings in _findings.GroupBy(finding => finding.Result, finding => finding.Finding))
        {
            if (findings.Key >= State.Fit.History.Count)
                throw new InvalidDataException($"{_file}: something was found in result {findings.Key}, there are only {State.Fit.History.Count}.");
            State.Fit.History[findings.Key] = State.Fit.History[findings.Key] with { Findings = [.. findings] };
        }
        foreach (var heads in _heads.GroupBy(head => head.Result))
        {
            if (heads.Key >= State.Fit.History.Count || State.Fit.History[heads.Key].Validation is not { } validation)
                throw new InvalidDataException($"{_file}: heads were judged in result {heads.Key}, which is not there or without validation.");
            if (heads.GroupBy(head => head.Name).Any(same => same.Count() > 1))
                throw new InvalidDataException($"{_file}: a head was judged twice in result {heads.Key}.");
            State.Fit.History[heads.Key] = State.Fit.History[heads.Key] with { Validation = validation with { Heads = heads.ToDictionary(head => head.Name, head => head.Evaluation) } };
        }
    }

    /// <summary>Takes the trainer where the run was.</summary>
    public void Restore(Trainer trainer)
    {
        trainer.Resume(_step, _batches, _learningRate);
        trainer.Seed = _seed;
        (trainer.MaxGradientNorm, trainer.MaxWeightNorm) = (_maxGradientNorm, _maxWeightNorm);
        trainer.LabelSmoothing = _labelSmoothing;
        trainer.ClassWeights = _classWeights;
        foreach (var (layer, state) in trainer.Layers.Zip(_layers))
            (layer.Missed, layer.IsFrozen, layer.UsesRunningStatistics, layer.LearningRateFactor) = (state.Missed, state.IsFrozen, state.UsesRunningStatistics, state.LearningRateFactor);
        if (trainer.Schedule is { } schedule)
            trainer.Schedule = ICompositeSchedule.WithStates(schedule, new(_plateaus));
    }

    /// <summary>How a layer is trained.</summary>
    readonly record struct LayerState(bool IsFrozen, bool UsesRunningStatistics, double LearningRateFactor, long Missed);

    static LayerState ReadLayer(JsonElement root, JsonElement layer) => new(
        layer.GetProperty("frozen").GetBoolean(),
        layer.GetProperty("runningStatistics").GetBoolean(),
        Number(layer, "learningRateFactor", value => value >= 0 && float.IsFinite((float)value)),
        Count(layer, "missed", root.GetProperty("step").GetInt64()));

    /// <exception cref="ArgumentException"><see cref="Read"/> would not take it.</exception>
    public static byte[] Write(Trainer trainer, TrainingState state)
    {
        CheckTexts(state);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, SafeTensorsWriter.JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("optimizer", trainer.DescribeOptimizer(trainer.BaseLearningRate));
            json.WriteNumber("step", trainer.StepCount);
            json.WriteNumber("batches", trainer.BatchCount);
            json.WriteNumber("seed", trainer.Seed);
            Write(json, "learningRate", trainer.BaseLearningRate);
            Write(json, "maxGradientNorm", trainer.MaxGradientNorm);
            Write(json, "maxWeightNorm", trainer.MaxWeightNorm);
            json.WriteNumber("labelSmoothing", trainer.LabelSmoothing);
            json.WriteStartArray("classWeights");
            foreach (var weight in trainer.ClassWeights)
                json.WriteNumberValue(weight);
            json.WriteEndArray();
            json.WriteStartArray("layers");
            foreach (var layer in trainer.Layers)
            {
                json.WriteStartObject();
                json.WriteBoolean("frozen", layer.IsFrozen);
                json.WriteBoolean("runningStatistics", layer.UsesRunningStatistics);
                json.WriteNumber("learningRateFactor", layer.LearningRateFactor);
                json.WriteNumber("missed", layer.Missed);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("plateaus");
            foreach (var schedule in ICompositeSchedule.Plateaus(trainer.Schedule))
                Write(json, schedule.State);
            json.WriteEndArray();
            json.WriteBoolean("hasBest", state.Fit.BestParameters is not null);
            Write(json, state.Fit);
            json.WriteStartObject("randomStreams");
            foreach (var (name, stream) in state.RandomStreams.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(name);
                json.WriteNumber("key", stream.Key);
                json.WriteNumber("counter", stream.Counter);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteStartObject("notes");
            foreach (var (name, note) in state.Notes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(name, note);
            json.WriteEndObject();
            json.WriteStartArray("findings");
            for (var result = 0; result < state.Fit.History.Count; result++)
                foreach (var finding in state.Fit.History[result].Findings)
                    Write(json, result, finding);
            json.WriteEndArray();
            json.WriteStartArray("heads");
            for (var result = 0; result < state.Fit.History.Count; result++)
                foreach (var (name, evaluation) in state.Fit.History[result].Validation?.Heads ?? NoHeads)
                    Write(json, result, name, evaluation);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        CheckReadable(buffer.WrittenSpan, trainer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What cannot be read is not written: the reader itself says whether it can.</summary>
    static void CheckReadable(ReadOnlySpan<byte> text, Trainer trainer)
    {
        try
        {
            Read("The state cannot be saved", Encoding.UTF8.GetString(text)).CheckFits(trainer);
        }
        catch (InvalidDataException e)
        {
            throw new ArgumentException($"{e.Message.TrimEnd('.')}. Nothing was written.", "state", e);
        }
    }

    static void CheckTexts(TrainingState state)
    {
        foreach (var name in state.RandomStreams.Keys)
            CheckText(name, "The name of a random stream");
        foreach (var (name, note) in state.Notes)
        {
            CheckText(name, "The name of a note");
            CheckText(note, $"The note {TensorEntry.Shorten(name)}");
        }
        for (var i = 0; i < state.Fit.History.Count; i++)
        {
            foreach (var finding in state.Fit.History[i].Findings ?? [null!])
                CheckText(finding?.Message, $"A finding of entry {i} of the history, or its message,");
            if (state.Fit.History[i].Validation?.Heads is not { } heads)
                continue;
            if (heads.Count == 0 || heads.Values.Any(head => head.Heads is not null))
                throw new ArgumentException($"The heads of entry {i} of the history are none, or one has heads of its own. Nothing was written.", nameof(state));
            foreach (var name in heads.Keys)
                CheckText(name, $"The name of a head of entry {i} of the history");
        }
    }

    static void CheckText(string? text, string what)
    {
        if (text is null)
            throw new ArgumentException($"{what} is null. Nothing was written.", "state");
        for (var i = 0; i < text.Length; i++)
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                throw new ArgumentException($"{what} is not valid Unicode: character {i} is half of a surrogate pair. Nothing was written.", "state");
    }

    static void Write(Utf8JsonWriter json, int result, HealthFinding finding)
    {
        json.WriteStartObject();
        json.WriteNumber("result", result);
        json.WriteString("problem", finding.Problem.ToString());
        json.WriteNumber("firstLayer", finding.FirstLayer);
        json.WriteNumber("lastLayer", finding.LastLayer);
        json.WriteString("message", finding.Message);
        json.WriteEndObject();
    }

    static readonly Dictionary<string, Evaluation> NoHeads = [];

    static void Write(Utf8JsonWriter json, int result, string name, Evaluation evaluation)
    {
        json.WriteStartObject();
        json.WriteNumber("result", result);
        json.WriteString("name", name);
        Write(json, "loss", evaluation.Loss);
        Write(json, "accuracy", evaluation.Accuracy);
        Write(json, "rootMeanSquaredError", evaluation.RootMeanSquaredError);
        Write(json, "meanAbsoluteError", evaluation.MeanAbsoluteError);
        Write(json, "rSquared", evaluation.RSquared);
        json.WriteEndObject();
    }

    static Evaluation ReadHead(JsonElement head) => new(Number(head, "loss"), Number(head, "accuracy"))
    {
        RootMeanSquaredError = Number(head, "rootMeanSquaredError"),
        MeanAbsoluteError = Number(head, "meanAbsoluteError"),
        RSquared = Number(head, "rSquared"),
    };

    static HealthFinding ReadFinding(JsonElement finding)
    {
        var problem = finding.GetProperty("problem").GetString();
        if (!Enum.TryParse<HealthProblem>(problem, out var known) || known.ToString() != problem || !Enum.IsDefined(known))
            throw new FormatException($"problem is {problem}");
        return new(known, (int)Count(finding, "firstLayer", int.MaxValue), (int)Count(finding, "lastLayer", int.MaxValue), finding.GetProperty("message").GetString() ?? "");
    }

    static void Write(Utf8JsonWriter json, FitState fit)
    {
        json.WriteStartObject("fit");
        if (fit.Seed is { } seed)
            json.WriteNumber("seed", seed);
        json.WriteNumber("epochsDone", fit.EpochsDone);
        json.WriteNumber("stepsDone", fit.StepsDone);
        Write(json, "lossSum", fit.LossSum);
        json.WriteNumber("trainingTicks", fit.TrainingTime.Ticks);
        json.WriteNumber("bestEpoch", fit.BestEpoch);
        Write(json, "bestMetric", fit.BestMetric);
        json.WriteBoolean("stoppedEarly", fit.StoppedEarly);
        json.WriteNumber("updates", fit.StepCount);
        if (fit.Source is { } source)
        {
            json.WriteStartObject("source");
            json.WriteNumber("batchSize", source.BatchSize);
            json.WriteBoolean("dropLast", source.DropLast);
            json.WriteNumber("samples", source.SampleCount);
            json.WriteNumber("data", source.DataHash);
            json.WriteNumber("sampling", source.SamplingHash);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static FitState ReadFit(JsonElement fit) => new()
    {
        Seed = fit.TryGetProperty("seed", out var seed) ? seed.GetUInt64() : null,
        EpochsDone = (int)Count(fit, "epochsDone", int.MaxValue),
        StepsDone = (int)Count(fit, "stepsDone", int.MaxValue),
        LossSum = Number(fit, "lossSum"),
        TrainingTime = new TimeSpan(Count(fit, "trainingTicks")),
        BestEpoch = (int)Count(fit, "bestEpoch", int.MaxValue),
        BestMetric = Number(fit, "bestMetric"),
        StoppedEarly = fit.GetProperty("stoppedEarly").GetBoolean(),
        StepCount = Count(fit, "updates"),
        Source = fit.TryGetProperty("source", out var source) ? ReadSource(source) : null,
    };

    static EpochSource ReadSource(JsonElement source) => new(
        (int)Count(source, "batchSize", int.MaxValue),
        source.GetProperty("dropLast").GetBoolean(),
        (int)Count(source, "samples", int.MaxValue),
        source.GetProperty("data").GetUInt64(),
        source.GetProperty("sampling").GetUInt64());

    static void Write(Utf8JsonWriter json, PlateauState state)
    {
        json.WriteStartObject();
        Write(json, "best", state.Best);
        json.WriteNumber("badReports", state.BadReports);
        json.WriteNumber("cooldownLeft", state.CooldownLeft);
        Write(json, "factor", state.Factor);
        json.WriteEndObject();
    }

    static PlateauState ReadPlateau(JsonElement state) =>
        new(Number(state, "best"), (int)Count(state, "badReports", int.MaxValue), (int)Count(state, "cooldownLeft", int.MaxValue), Number(state, "factor", value => value >= 0));

    /// <summary>Writes a number, or the word for one that JSON does not have: NaN, Infinity.</summary>
    static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    static double Number(JsonElement parent, string name, Predicate<double>? fits = null)
    {
        var element = parent.GetProperty(name);
        var value = element.ValueKind == JsonValueKind.String ? double.Parse(element.GetString()!, CultureInfo.InvariantCulture) : element.GetDouble();
        return fits?.Invoke(value) ?? true ? value : throw new FormatException($"{name} is {value}");
    }

    static long Count(JsonElement parent, string name, long most = long.MaxValue)
    {
        var value = parent.GetProperty(name).GetInt64();
        return value >= 0 && value <= most ? value : throw new FormatException($"{name} is {value}");
    }
}
