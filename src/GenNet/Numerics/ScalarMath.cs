namespace GenNet.Numerics;

/// <summary>
/// Functions of one number in double precision, from additions, multiplications and divisions in a fixed order: the same bits on every machine,
/// which <see cref="Math"/> does not promise. They are accurate to about 4e-15 and meant for optimisers and schedules, a user's own too, not for data.
/// </summary>
public static class ScalarMath
{
    /// <summary>ln 2 in two parts, the first with zeros at its end, so that a small multiple of it is exact.</summary>
    const double LogOf2High = 6.93147180369123816490e-01, LogOf2Low = 1.90821492927058770002e-10;

    /// <summary>½π in three parts, the first two of 33 bits, so that a multiple below 2²⁰ of either is exact.</summary>
    const double HalfPiHigh = 1.57079632673412561417e+00, HalfPiMiddle = 6.07710050630396597660e-11, HalfPiLow = 2.02226624879595063154e-21;

    /// <summary>xⁿ by repeated squaring, n ≥ 0.</summary>
    public static double Power(double x, long n)
    {
        var power = 1.0;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) != 0)
                power *= x;
            x *= x;
        }
        return power;
    }

    /// <summary>xⁿ and yⁿ, with the bits of <see cref="Power(double, long)"/>: side by side, because each multiplication waits for the last.</summary>
    internal static (double OfX, double OfY) Powers(double x, double y, long n)
    {
        var (ofX, ofY) = (1.0, 1.0);
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) != 0)
            {
                ofX *= x;
                ofY *= y;
            }
            x *= x;
            y *= y;
        }
        return (ofX, ofY);
    }

    /// <summary>xʸ for x ≥ 0, y ≥ 0.</summary>
    public static double Power(double x, double y) =>
        y == Math.Floor(y) && y < long.MaxValue ? Power(x, (long)y) : x == 0 ? 0 : Exp(y * Log(x));

    /// <summary>eˣ: 2ᵏ times the series of the rest, |rest| ≤ ½ ln 2.</summary>
    public static double Exp(double x)
    {
        if (x is < -700 or > 700 || double.IsNaN(x))
            return x < 0 ? 0 : x > 0 ? double.PositiveInfinity : x;
        var k = Math.Round(x / (LogOf2High + LogOf2Low));
        var rest = x - k * LogOf2High - k * LogOf2Low;
        var sum = 1.0;
        for (var n = 16; n > 0; n--)
            sum = 1 + sum * rest / n;
        return Math.ScaleB(sum, (int)k);
    }

    /// <summary>ln x for x &gt; 0: 2·artanh((m − 1)/(m + 1)) + k·ln 2, with x = m·2ᵏ, ⅔ ≤ m ≤ 4/3.</summary>
    public static double Log(double x)
    {
        var k = Math.ILogB(x);
        var m = Math.ScaleB(x, -k);
        if (m > 4.0 / 3)
            (m, k) = (m / 2, k + 1);
        var ratio = (m - 1) / (m + 1);
        var sum = 0.0;
        for (var n = 25; n > 0; n -= 2)
            sum = 1.0 / n + sum * ratio * ratio;
        return k * LogOf2High + (2 * ratio * sum + k * LogOf2Low);
    }

    /// <summary>
    /// sin x and cos x, within 1e-15 up to |x| = 10⁶ and with fewer digits beyond; NaN for what is no finite number. x less the nearest multiple of ½π, which is in three parts, then the series
    /// about 0: for whoever simulates things that turn.
    /// </summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        var k = Math.Round(x * (2 / Math.PI));
        var r = x - k * HalfPiHigh - k * HalfPiMiddle - k * HalfPiLow;
        var square = r * r;

        // 1/n!, in two chains side by side.
        var sin = r + r * square * (-1.0 / 6 + square * (1.0 / 120 + square * (-1.0 / 5040 + square * (1.0 / 362880
            + square * (-1.0 / 39916800 + square * (1.0 / 6227020800 + square * (-1.0 / 1307674368000)))))));
        var cos = 1 + square * (-0.5 + square * (1.0 / 24 + square * (-1.0 / 720 + square * (1.0 / 40320
            + square * (-1.0 / 3628800 + square * (1.0 / 479001600 + square * (-1.0 / 87178291200 + square * (1.0 / 20922789888000))))))));
        return ((long)(k - 4 * Math.Floor(k / 4))) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>cos(π·x) for 0 ≤ x ≤ 1, by its series about the nearest of 0, ½ and 1.</summary>
    public static double CosPi(double x) => x switch
    {
        < 0.25 => Cos(Math.PI * x),
        <= 0.75 => Sin(Math.PI * (0.5 - x)),
        _ => -Cos(Math.PI * (1 - x)),
    };

    static double Cos(double x)
    {
        var sum = 1.0;
        for (var n = 18; n > 0; n -= 2)
            sum = 1 - sum * x * x / (n * (n - 1));
        return sum;
    }

    static double Sin(double x)
    {
        var sum = 1.0;
        for (var n = 19; n > 1; n -= 2)
            sum = 1 - sum * x * x / (n * (n - 1));
        return x * sum;
    }
}
