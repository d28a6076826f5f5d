namespace Gestures;

/// <summary>Finds mouse reports among what a terminal sends: <c>ESC [ &lt; button ; column ; row M</c>, or <c>m</c> where a button was released, which xterm calls SGR mode (1006).</summary>
sealed class MouseReader
{
    /// <summary>Asks for reports of buttons and of movements while one is held (1002), in SGR mode; and no more of them.</summary>
    public const string Begin = "\u001b[?1002h\u001b[?1006h", End = "\u001b[?1006l\u001b[?1002l";

    const string Start = "\u001b[<";
    const int Largest = 1 << 16;

    readonly int[] _numbers = new int[3];
    int _matched, _number;

    /// <summary>Takes the next character, and returns the report that it ends. What is no report is passed over.</summary>
    public MouseReport? Read(char character)
    {
        if (character == Start[0])
            _matched = 1;
        else if (_matched < Start.Length)
        {
            _matched = character == Start[_matched] && _matched > 0 ? _matched + 1 : 0;
            _number = 0;
            Array.Clear(_numbers);
        }
        else if (char.IsAsciiDigit(character) && _numbers[_number] < Largest)
            _numbers[_number] = 10 * _numbers[_number] + character - '0';
        else if (character == ';' && _number < 2)
            _number++;
        else
        {
            _matched = 0;
            if (character is 'M' or 'm' && _number == 2)
                return Report(isPress: character == 'M');
        }
        return null;
    }

    /// <summary>The two lowest bits are the button, 0 the left one; 32 says that it moved, 64 and more that it is a wheel or another.</summary>
    MouseReport Report(bool isPress) => new(_numbers[1], _numbers[2], isPress && (_numbers[0] & 3) == 0 && _numbers[0] < 64);
}
