using System.Runtime.InteropServices;

namespace GameLoop;

/// <summary>SDL_Event, of which only the kind is of interest.</summary>
[StructLayout(LayoutKind.Sequential, Size = 56)]
readonly struct WindowEvent
{
    public readonly uint Kind;
}
