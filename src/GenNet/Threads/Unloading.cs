using System.Runtime.Loader;

namespace GenNet;

/// <summary>The end of GenNet where a host loaded it into a context that it unloads, as for the reload of a plug-in.</summary>
static class Unloading
{
    /// <summary>Has something done when GenNet's context is unloaded: threads that run its code, and what the framework knows of it, would hold it for ever.</summary>
    public static void Register(Action end)
    {
        if (AssemblyLoadContext.GetLoadContext(typeof(Unloading).Assembly) is { IsCollectible: true } context)
            context.Unloading += _ => end();
    }
}
