using GenNet.Numerics;

namespace GenNet.Agents.Environments;

/// <summary>
/// A car on a closed track with bends: it accelerates (0), brakes (1), or steers to the left (2) or to the right (3), and is rewarded for the way that it makes along the track, a round being worth 10. An episode ends
/// off the track, or after 500 steps. For crowds that learn to drive: a step takes little time.
/// </summary>
/// <remarks>
/// The observation of 16 numbers: how far it is from the middle, in half widths; cosine and sine of the angle to the track; the speed; and where the middle of the track is 2, 4, 7, 11, 16 and 22 pieces ahead, to the front
/// and to the left, in tenths of the track's size. Computed in double precision with GenNet's own sine: the same bits on every machine.
/// </remarks>
public struct Track : IEnvironment
{
    const int Pieces = 200, Ahead = 6;

    const double HalfWidth = 0.12, MostSpeed = 0.05, Acceleration = 0.002, Braking = 0.004, Steering = 0.12, RoundReward = 10;

    static readonly double SinOfSteering = ScalarMath.SinCos(Steering).Sin, CosOfSteering = ScalarMath.SinCos(Steering).Cos;

    static readonly int[] PiecesAhead = [2, 4, 7, 11, 16, 22];

    /// <summary>The middle of the track, and its direction, at the pieces' ends.</summary>
    static readonly (double X, double Y, double AlongX, double AlongY)[] Middle = Lay();

    int _piece;

    /// <inheritdoc/>
    public static int ObservationSize => 4 + 2 * Ahead;

    /// <inheritdoc/>
    public static ActionSpace ActionSpace { get; } = ActionSpace.Discrete(4);

    /// <inheritdoc/>
    public static int TimeLimit => 500;

    /// <summary>Where the car is.</summary>
    public double X { get; private set; }

    /// <summary>Where the car is.</summary>
    public double Y { get; private set; }

    /// <summary>Where it drives to: cosine and sine of its direction.</summary>
    public (double X, double Y) Heading { get; private set; }

    /// <summary>The way of a step.</summary>
    public double Speed { get; private set; }

    /// <summary>A point on the left or the right edge of the track, to draw it.</summary>
    /// <param name="piece">The piece, from 0; they begin anew after 200.</param>
    /// <param name="side">1 for the left edge, −1 for the right, 0 for the middle.</param>
    public static (double X, double Y) Edge(int piece, double side)
    {
        var (x, y, alongX, alongY) = Middle[(piece % Pieces + Pieces) % Pieces];
        return (x - side * HalfWidth * alongY, y + side * HalfWidth * alongX);
    }

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observation)
    {
        Room.Check(observation, ObservationSize, "Track.Reset");
        _piece = new RandomStream(seed).NextInt32(Pieces);
        var (x, y, alongX, alongY) = Middle[_piece];
        (X, Y, Heading, Speed) = (x, y, (alongX, alongY), 0);
        Observe(observation);
    }

    /// <inheritdoc/>
    public StepResult Step(AgentAction action, Span<float> observation)
    {
        ActionSpace.Check(action, nameof(Track));
        Room.Check(observation, ObservationSize, "Track.Step");
        Speed = Math.Clamp(Speed + action.Index switch { 0 => Acceleration, 1 => -Braking, _ => 0 }, 0, MostSpeed);
        if (action.Index >= 2)
        {
            var (sin, cos) = action.Index == 2 ? (SinOfSteering, CosOfSteering) : (-SinOfSteering, CosOfSteering);
            Heading = (Heading.X * cos - Heading.Y * sin, Heading.X * sin + Heading.Y * cos);
        }
        X += Speed * Heading.X;
        Y += Speed * Heading.Y;

        // On to the next pieces, or back, while their end lies behind the car.
        var before = _piece;
        while (_piece - before < 8 && Along(_piece + 1) > 0)
            _piece++;
        while (before - _piece < 8 && Along(_piece) < 0)
            _piece--;
        var reward = (_piece - before) * (RoundReward / Pieces);
        _piece = (_piece % Pieces + Pieces) % Pieces;
        var offset = Observe(observation);
        return new StepResult((float)reward, Terminated: Math.Abs(offset) > HalfWidth);
    }

    /// <summary>How far the car is beyond the end of a piece.</summary>
    readonly double Along(int piece)
    {
        ref var end = ref Middle[(piece % Pieces + Pieces) % Pieces];
        return (X - end.X) * end.AlongX + (Y - end.Y) * end.AlongY;
    }

    /// <summary>Returns how far the car is from the middle, to the left.</summary>
    readonly double Observe(Span<float> observation)
    {
        ref var here = ref Middle[_piece];
        var offset = (Y - here.Y) * here.AlongX - (X - here.X) * here.AlongY;
        for (var i = 0; i < Ahead; i++)
        {
            ref var there = ref Middle[(_piece + PiecesAhead[i]) % Pieces];
            var (x, y) = (there.X - X, there.Y - Y);
            observation[5 + 2 * i] = (float)(10 * (y * Heading.X - x * Heading.Y));
            observation[4 + 2 * i] = (float)(10 * (x * Heading.X + y * Heading.Y));
        }
        observation[3] = (float)(Speed / MostSpeed);
        observation[2] = (float)(Heading.Y * here.AlongX - Heading.X * here.AlongY);
        observation[1] = (float)(Heading.X * here.AlongX + Heading.Y * here.AlongY);
        observation[0] = (float)(offset / HalfWidth);
        return offset;
    }

    /// <summary>A curve about the origin whose distance from it changes three and five times a round.</summary>
    static (double X, double Y, double AlongX, double AlongY)[] Lay()
    {
        var middle = new (double X, double Y, double AlongX, double AlongY)[Pieces];
        for (var piece = 0; piece < Pieces; piece++)
        {
            var angle = 2 * Math.PI * piece / Pieces;
            var ((sin, cos), (sin3, cos3), (sin5, cos5)) = (ScalarMath.SinCos(angle), ScalarMath.SinCos(3 * angle), ScalarMath.SinCos(5 * angle));
            var (radius, slope) = (1 + 0.25 * cos3 + 0.12 * sin5, -0.75 * sin3 + 0.6 * cos5);
            var (alongX, alongY) = (slope * cos - radius * sin, slope * sin + radius * cos);
            var length = Math.Sqrt(alongX * alongX + alongY * alongY);
            middle[piece] = (radius * cos, radius * sin, alongX / length, alongY / length);
        }
        return middle;
    }
}
