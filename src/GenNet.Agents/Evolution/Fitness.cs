using System.Globalization;

namespace GenNet.Agents;

/// <summary>How good networks are, and in which order.</summary>
static class Fitness
{
    /// <summary>Throws unless there is a finite fitness for each network.</summary>
    public static void Check(ReadOnlySpan<double> fitness, int population, string type)
    {
        if (fitness.Length != population)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{type}.Tell expects the fitness of {population} networks, got {fitness.Length}."), nameof(fitness));
        for (var i = 0; i < fitness.Length; i++)
            if (!double.IsFinite(fitness[i]))
                throw new NotFiniteNumberException(string.Create(CultureInfo.InvariantCulture, $"{type}.Tell: the fitness of network {i} is {fitness[i]}. The generation is as it was; give it a finite number."), fitness[i]);
    }

    /// <summary>Puts the numbers of the networks in the order of their keys, and the keys themselves, the least first; equal ones in the order of their numbers.</summary>
    public static void Rank(Span<double> keys, Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        keys.Sort(order);
        for (var first = 0; first < keys.Length;)
        {
            // The sort leaves equal ones in any order.
            var end = EndOfEqual(keys, first);
            order[first..end].Sort();
            first = end;
        }
    }

    /// <summary>Ranks from −½ for the least to ½; equal ones share the mean of theirs.</summary>
    public static void CentredRanks(ReadOnlySpan<double> fitness, Span<double> keys, Span<int> order, Span<double> ranks)
    {
        fitness.CopyTo(keys);
        Rank(keys, order);
        for (var first = 0; first < keys.Length;)
        {
            var end = EndOfEqual(keys, first);
            foreach (var index in order[first..end])
                ranks[index] = 0.5 * (first + end - 1) / (keys.Length - 1) - 0.5;
            first = end;
        }
    }

    static int EndOfEqual(ReadOnlySpan<double> keys, int first)
    {
        var end = first + 1;
        while (end < keys.Length && keys[end] == keys[first])
            end++;
        return end;
    }
}
