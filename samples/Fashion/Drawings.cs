using GenNet;

namespace Fashion;

/// <summary>Draws trousers, dresses and sneakers of many shapes, some of which look much alike: wide trousers, slit skirts.</summary>
static class Drawings
{
    public static readonly int[] Classes = [1, 3, 7];

    /// <summary>Points looked at per pixel and direction, for soft edges.</summary>
    const int Fineness = 3;

    /// <summary>Images of each class in turn. Image i follows from the random stream and i alone.</summary>
    public static Dataset Draw(RandomStream random, int count, int classCount)
    {
        var pixels = new float[count * ImageData.PixelCount];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = Classes[i % Classes.Length];
            var stream = random.Split((ulong)i);
            Func<float, float, float> shape = labels[i] switch
            {
                1 => Trouser(ref stream),
                3 => Dress(ref stream),
                _ => Sneaker(ref stream),
            };
            Paint(shape, ref stream, pixels.AsSpan(i * ImageData.PixelCount, ImageData.PixelCount));
        }
        return new Dataset(pixels, ImageData.PixelCount, labels, classCount);
    }

    // Shapes give the brightness (0: outside) at x in −1…1, y from 0 (top) to 1 (bottom).

    static Func<float, float, float> Trouser(ref RandomStream random)
    {
        var waist = Between(ref random, 0.22f, 0.36f);
        var hem = waist + Between(ref random, -0.04f, 0.3f);
        var crotch = Between(ref random, 0.22f, 0.45f);
        var gap = Between(ref random, 0.015f, 0.2f);
        var shorter = Between(ref random, 0, 0.12f);
        return (x, y) =>
        {
            if (y > 1 - shorter || Math.Abs(x) > Mix(waist, hem, y))
                return 0;
            if (y > crotch && Math.Abs(x) < gap * (0.3f + (y - crotch) / (1 - crotch)))
                return 0;
            return y < 0.06f ? 0.8f : 1;
        };
    }

    static Func<float, float, float> Dress(ref RandomStream random)
    {
        var shoulder = Between(ref random, 0.2f, 0.36f);
        var waist = Between(ref random, 0.15f, 0.27f);
        var hem = waist + Between(ref random, 0.02f, 0.4f);
        var waistAt = Between(ref random, 0.3f, 0.5f);
        var neck = Between(ref random, 0.04f, 0.15f);
        var sleeve = random.NextInt32(3) == 0 ? Between(ref random, 0.1f, 0.3f) : 0;
        var belt = random.NextInt32(2) == 0 ? 0.65f : 1;
        // Most slit skirts end here; the widest look like trousers.
        var slit = random.NextInt32(4) == 0 ? Between(ref random, 0.02f, 0.13f) : 0;
        var slitFrom = waistAt + Between(ref random, 0.12f, 0.4f);
        return (x, y) =>
        {
            var across = Math.Abs(x);
            var width = y < waistAt ? Mix(shoulder, waist, y / waistAt) : Mix(waist, hem, (y - waistAt) / (1 - waistAt));
            if (y < sleeve)
                width += 0.16f * (1 - 0.5f * y / sleeve);
            if (across > width || (across < 0.14f && y < neck * (1 - across / 0.14f)))
                return 0;
            if (y > slitFrom && across < slit * (y - slitFrom) / (1 - slitFrom))
                return 0;
            return Math.Abs(y - waistAt) < 0.03f ? belt : 1;
        };
    }

    static Func<float, float, float> Sneaker(ref RandomStream random)
    {
        var length = Between(ref random, 0.6f, 0.9f);
        var sole = Between(ref random, 0.08f, 0.16f);
        var ankle = Between(ref random, 0.24f, 0.5f);
        var toe = Between(ref random, 0.08f, 0.2f);
        var opening = Between(ref random, -0.3f, 0.1f);
        var bottom = Between(ref random, 0.62f, 0.85f);
        var direction = random.NextInt32(2) == 0 ? 1 : -1;
        var soleShade = Between(ref random, 0.5f, 1);
        return (x, y) =>
        {
            var along = direction * x;
            var height = bottom - y;
            if (Math.Abs(along) > length || height < 0)
                return 0;
            if (height < sole)
                return soleShade;
            // From the heel to the opening the shoe is high, from there it falls to the toe.
            var top = along < opening ? ankle : Mix(ankle, toe, (along - opening) / (length - opening));
            if (height > sole + top)
                return 0;
            return along > opening && along < opening + 0.35f && (int)(height * 22) % 2 == 0 ? 0.7f : 0.95f;
        };
    }

    static void Paint(Func<float, float, float> shape, ref RandomStream random, Span<float> pixels)
    {
        var scale = Between(ref random, 0.8f, 1.1f);
        var shiftX = Between(ref random, -0.18f, 0.18f);
        var shiftY = Between(ref random, -0.08f, 0.08f);
        var lean = Between(ref random, -0.15f, 0.15f);
        var bright = Between(ref random, 0.35f, 1);
        var fade = Between(ref random, -0.4f, 0.4f);
        var stripes = random.NextInt32(5) == 0 ? 2 + random.NextInt32(3) : 0;
        var noise = Between(ref random, 0.02f, 0.14f);
        for (var row = 0; row < ImageData.Side; row++)
        {
            for (var column = 0; column < ImageData.Side; column++)
            {
                var sum = 0f;
                for (var i = 0; i < Fineness * Fineness; i++)
                {
                    var y = ((row + (i / Fineness + 0.5f) / Fineness) / ImageData.Side - 0.5f - shiftY) / scale;
                    var x = (2 * (column + (i % Fineness + 0.5f) / Fineness) / ImageData.Side - 1 - shiftX) / scale - lean * y;
                    // The shape takes the middle 90 % of the height.
                    var height = y / 0.9f + 0.5f;
                    if (height is >= 0 and <= 1)
                        sum += shape(x, height) * (1 + fade * y);
                }
                if (stripes > 0 && row / stripes % 2 == 0)
                    sum *= 0.6f;
                var value = bright * sum / (Fineness * Fineness) + noise * (float)random.NextNormal();
                pixels[row * ImageData.Side + column] = Math.Clamp(value, 0, 1);
            }
        }
    }

    static float Between(ref RandomStream random, float low, float high) => Mix(low, high, random.NextSingle());

    static float Mix(float from, float to, float part) => from + (to - from) * part;
}
