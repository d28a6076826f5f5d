using System.Diagnostics;

namespace GameLoop;

/// <summary>Frames at even distances: a late one does not delay the next.</summary>
sealed class FrameClock(int framesPerSecond)
{
    long _start;
    int _frames;

    /// <summary>Since the first frame.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>The first frame begins. The system looks up what waits, which is then at hand.</summary>
    public void Start()
    {
        Sdl.SDL_Delay(0);
        (_start, _frames) = (Stopwatch.GetTimestamp(), 0);
    }

    /// <summary>Waits until the next frame is due.</summary>
    public void Wait()
    {
        var left = TimeSpan.FromSeconds((double)++_frames / framesPerSecond) - Elapsed;
        if (left > TimeSpan.Zero)
            Sdl.SDL_Delay((uint)Math.Ceiling(left.TotalMilliseconds));
    }
}
