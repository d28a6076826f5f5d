using System.Runtime.InteropServices;
using Fashion;

namespace GameLoop;

/// <summary>The functions of SDL 2 that <see cref="Window"/> calls.</summary>
static partial class Sdl
{
    const string Library = "SDL2";

    public const uint Video = 0x20, Quit = 0x100;

    public const int Centered = 0x2FFF0000;

    static Sdl() => NativeLibrary.SetDllImportResolver(typeof(Sdl).Assembly, (name, assembly, paths) =>
    {
        // Linux has the name without a version with the headers only.
        foreach (var file in name == Library ? [name, "libSDL2-2.0.so.0"] : (string[])[])
            if (NativeLibrary.TryLoad(file, assembly, paths, out var handle))
                return handle;
        return 0;
    });

    [LibraryImport(Library)]
    public static partial int SDL_Init(uint systems);

    [LibraryImport(Library)]
    public static partial void SDL_Quit();

    [LibraryImport(Library)]
    public static partial nint SDL_GetError();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint SDL_CreateWindow(string title, int x, int y, int width, int height, uint flags);

    [LibraryImport(Library)]
    public static partial void SDL_DestroyWindow(nint window);

    [LibraryImport(Library)]
    public static partial nint SDL_CreateRenderer(nint window, int driver, uint flags);

    [LibraryImport(Library)]
    public static partial void SDL_DestroyRenderer(nint renderer);

    [LibraryImport(Library)]
    public static partial int SDL_SetRenderDrawColor(nint renderer, byte red, byte green, byte blue, byte alpha);

    [LibraryImport(Library)]
    public static partial int SDL_RenderClear(nint renderer);

    [LibraryImport(Library)]
    public static partial int SDL_RenderFillRectF(nint renderer, in Rectangle rectangle);

    [LibraryImport(Library)]
    public static partial int SDL_RenderDrawLineF(nint renderer, float fromX, float fromY, float toX, float toY);

    [LibraryImport(Library)]
    public static partial void SDL_RenderPresent(nint renderer);

    [LibraryImport(Library)]
    public static partial int SDL_PollEvent(out WindowEvent next);

    [LibraryImport(Library)]
    public static partial void SDL_Delay(uint milliseconds);

    /// <summary>Throws what SDL says of a call that failed.</summary>
    public static void Check(bool succeeded)
    {
        if (!succeeded)
            throw new UserErrorException($"SDL: {Marshal.PtrToStringUTF8(SDL_GetError())}");
    }
}
