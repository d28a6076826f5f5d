using System.Globalization;

namespace GenNet.Agents;

// Checkpoints.
public sealed partial class Ppo<TEnvironment>
{
    /// <summary>
    /// Writes a checkpoint, in the middle of an update too: weights, optimisers' states, environments, random numbers, samples, history. Learning that goes on from it has the same bits as learning that never stopped.
    /// The policy's weights have their usual names in it, so that the file can be loaded as a model too. Of several ranks all call it, and the first writes.
    /// </summary>
    /// <param name="path">The file, which is replaced in one go.</param>
    /// <exception cref="InvalidOperationException">A weight is not a finite number, or the environment has references and is no <see cref="ISavedEnvironment"/>. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before still is.</exception>
    /// <exception cref="RankFailedException">Another rank cannot go on, or is elsewhere.</exception>
    public void Save(string path) => Save(() => AgentFile.Save(path, _policyTrainer, _valueTrainer, Run));

    /// <summary>Goes on where the run of a checkpoint was: in an agent of the same networks, environments and <see cref="Options"/>, of whatever seed and with however many ranks. Of several all call it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is no checkpoint of such an agent with such settings. The message names the file and the fault. All is as it was.</exception>
    /// <exception cref="IOException">The file cannot be read. All is as it was.</exception>
    /// <exception cref="RankFailedException">Another rank cannot read it, reads something else or does something else. All is as it was.</exception>
    public void Load(string path) => Load(agree =>
    {
        // Into others first: where one fails, these are as they were.
        var (policy, value) = (AgentFile.Copy(_policyTrainer), _valueTrainer is null ? null : AgentFile.Copy(_valueTrainer));
        AgentFile.Load(path, policy, value, Run, agree);
        AgentFile.TakeOver(_policyTrainer, policy);
        if (value is not null)
            AgentFile.TakeOver(_valueTrainer!, value);
        _rollout.BeginWhole();
    });

    AgentRun Run => new(string.Create(CultureInfo.InvariantCulture, $"PPO of {(_networks.IsShared ? "one network" : "two networks")} in {_rollout.Environments} × {typeof(TEnvironment)}"), Options.Texts, Write, Read, () =>
    {
        var arrays = new RunArrays();
        _rollout.AddTo(arrays);
        arrays.Add(_order);
        return arrays;
    });

    void Write(BinaryWriter writer)
    {
        _rollout.Save(writer);
        _head.Save(writer);
        Returns.Save(writer);
        _update.Save(writer);
        writer.Write(_seed);
        writer.Write(_learnt);
        writer.Write(_training);
        writer.Write(_epoch);
        writer.Write(_firstWindow);
        writer.Write(_shuffling.Key);
        writer.Write(_shuffling.Counter);
        _shuffle.Save(writer);
        writer.Write(Reports.Count);
        foreach (var iteration in Reports)
            iteration.Save(writer);
    }

    void Read(BinaryReader reader)
    {
        _rollout.Load(reader);
        _head.Load(reader);
        Returns.Load(reader);
        _update.Load(reader);
        _seed = reader.ReadUInt64();
        _learnt = reader.ReadInt64();
        _training = reader.ReadBoolean();
        _epoch = reader.ReadInt32();
        _firstWindow = reader.ReadInt32();
        _shuffling = RandomStream.Resume(reader.ReadUInt64(), reader.ReadUInt64());
        _shuffle.Load(reader);
        Reports.Clear();
        for (var count = reader.ReadInt32(); count > 0; count--)
            Reports.Add(PpoIteration.Load(reader));
    }
}
