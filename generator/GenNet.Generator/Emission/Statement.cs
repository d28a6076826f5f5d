namespace GenNet.Generator.Emission;

/// <summary>A statement of an emitted method, or a few that belong together.</summary>
/// <param name="Code">Its lines.</param>
/// <param name="Comment">What it computes, in an equation or in words.</param>
/// <param name="Declares">Whether it only declares what following ones need.</param>
readonly record struct Statement(string Code, string? Comment = null, bool Declares = false);
