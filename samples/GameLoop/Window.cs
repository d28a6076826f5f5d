using Fashion;
using GenNet.Agents.Environments;

namespace GameLoop;

/// <summary>Where the cart is seen, in a window of SDL 2.</summary>
sealed class Window : IDisposable
{
    const int Width = 800, Height = 300;

    const float Ground = 250, PixelsPerMetre = 150, CartWidth = 80, CartHeight = 40;

    readonly nint _window, _renderer;

    public Window(string title)
    {
        try
        {
            Sdl.Check(Sdl.SDL_Init(Sdl.Video) == 0);
        }
        catch (DllNotFoundException)
        {
            throw new UserErrorException("SDL 2 is not installed: on Debian and Ubuntu it is the package libsdl2-2.0-0, elsewhere put SDL2.dll or libSDL2.dylib beside the program.");
        }
        Sdl.Check((_window = Sdl.SDL_CreateWindow(title, Sdl.Centered, Sdl.Centered, Width, Height, flags: 0)) != 0);
        Sdl.Check((_renderer = Sdl.SDL_CreateRenderer(_window, driver: -1, flags: 0)) != 0);
    }

    /// <summary>Whether the player has closed it.</summary>
    public bool IsClosed { get; private set; }

    public void Draw(CartPole cart)
    {
        while (Sdl.SDL_PollEvent(out var next) != 0)
            IsClosed |= next.Kind == Sdl.Quit;

        var x = Width / 2 + PixelsPerMetre * (float)cart.Position;
        var (sin, cos) = MathF.SinCos((float)cart.Angle);
        Color(24, 26, 32);
        Sdl.Check(Sdl.SDL_RenderClear(_renderer) == 0);
        Color(120, 125, 135);
        Sdl.Check(Sdl.SDL_RenderDrawLineF(_renderer, 0, Ground, Width, Ground) == 0);
        Color(90, 160, 250);
        Sdl.Check(Sdl.SDL_RenderFillRectF(_renderer, new Rectangle(x - CartWidth / 2, Ground - CartHeight, CartWidth, CartHeight)) == 0);
        Color(250, 190, 90);
        Sdl.Check(Sdl.SDL_RenderDrawLineF(_renderer, x, Ground - CartHeight, x + PixelsPerMetre * sin, Ground - CartHeight - PixelsPerMetre * cos) == 0);
        Sdl.SDL_RenderPresent(_renderer);
    }

    void Color(byte red, byte green, byte blue) => Sdl.Check(Sdl.SDL_SetRenderDrawColor(_renderer, red, green, blue, 255) == 0);

    public void Dispose()
    {
        Sdl.SDL_DestroyRenderer(_renderer);
        Sdl.SDL_DestroyWindow(_window);
        Sdl.SDL_Quit();
    }
}
