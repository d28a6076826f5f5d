using System;
using System.Globalization;

namespace App;

static class Program
{
    static void Main()
    {
        Console.WriteLine($"trained to {Training.Run()}");
        Console.WriteLine(string.Create(CultureInfo.CurrentCulture, $"in a culture that writes {-1.5}"));
    }
}
