namespace GenNet.Agents;

/// <summary>
/// An environment that writes its own state into checkpoints. A struct without references need not: its bytes are its state. Others cannot be saved without.
/// </summary>
public interface ISavedEnvironment
{
    /// <summary>Writes all that the rest of the episode follows from.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Reads it again.</summary>
    void Load(BinaryReader reader);
}
