namespace GenNet;

/// <summary>In which call ranks tell one another how they fare, by its name.</summary>
enum RoundCall : long
{
    /// <summary>Jobs of ranks.</summary>
    Map,

    /// <summary>A piece of what an agent learns.</summary>
    Advance,

    /// <summary>All of it, or of a search.</summary>
    Learn,

    /// <summary>A checkpoint that is written.</summary>
    Save,

    /// <summary>A checkpoint that is read.</summary>
    Load,
}
