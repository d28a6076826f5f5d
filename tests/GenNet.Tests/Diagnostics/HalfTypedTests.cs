using GenNet.Tests.Generation;

namespace GenNet.Tests.Diagnostics;

/// <summary>While one types, most programs are half a program: generator, analysers and fixes run at each stroke, and none may fail.</summary>
public class HalfTypedTests
{
    const int Texts = 80;

    [Fact]
    public async Task Half_typed_texts_crash_nothing()
    {
        var fixes = 0;
        for (var seed = 0; seed < Texts * LongForm.Times; seed++)
        {
            var random = new RandomText(seed);
            var text = random.Slip(random.Whole());
            try
            {
                var run = GeneratorHarness.Run(text);
                Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id is "AD0001" or "CS8785");
                fixes += await CodeFixTests.TryEach(run, text);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Text {seed}: {exception}\n\n{text}");
            }
        }
        Assert.True(fixes > 0, $"{fixes} fixes were tried.");
    }

    /// <summary>Attributes are typed from the top: below each of them the declaration may end for now, and other networks of the project live on.</summary>
    [Theory]
    [InlineData("[Network]", "[Image(9, 9, 2)]", "[Conv2D(4, 3, Activation.ReLU)]", "[BatchNorm]", "[MaxPool2D(2)]", "[Conv2DTranspose(3, 2)]", "[Residual(1)]", "[Flatten]", "[Dense(3, Activation.Softmax)]")]
    [InlineData("[Network]", "[Image(9, 9)]", "[Head(\"A\")]", "[GlobalMaxPool2D]", "[Dense(2)]", "[Head(\"B\")]", "[Flatten]")]
    [InlineData("[Network]", "[Image(1, 1)]", "[ZeroPadding2D(1)]", "[UpSampling2D(2)]", "[DepthwiseConv2D(2)]", "[GlobalAveragePool2D]")]
    [InlineData("[Network]", "[Sequence(9, 2)]", "[LayerNorm]", "[Dropout(0.5)]", "[Flatten]", "[Dense(3)]")]
    [InlineData("[Network]", "[Sequence(9, 2)]", "[Conv1D(4, 3, Causal = true)]", "[SimpleRNN(3, Nonlinearity = Nonlinearity.ReLU)]", "[GRU(4)]", "[LSTM(2)]", "[Residual(1)]", "[LastStep]", "[Dense(3)]")]
    [InlineData("[Network]", "[Sequence(9, 2)]", "[Conv1D(4, 3)]", "[MaxPool1D(2)]", "[AveragePool1D(2)]", "[Residual(1)]", "[GlobalMaxPool1D]", "[Dense(3)]")]
    [InlineData("[Network]", "[Dense(3)]", "[Image(9, 9)]")]
    [InlineData("[Network<Drawing, Kind>]", "[Image(3, 3)]", "[Conv2D(2, 2)]", "[Flatten]", "[Dense(4)]")]
    public void Every_beginning_of_a_declaration_has_its_members(params string[] attributes)
    {
        for (var count = 1; count <= attributes.Length; count++)
        {
            var text = $"{string.Join('\n', attributes.Take(count))}\npartial class Net;\n[Network(2, 1)] partial class Other;\n"
                + "record struct Drawing([FixedLength(9)] float[] Pixels);\nenum Kind { Cat, Dog }\n";
            var run = GeneratorHarness.Run(text);
            Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id is "AD0001" or "CS8785");
            Assert.True(run.Sources.Count() == 2, text);
        }
    }
}
