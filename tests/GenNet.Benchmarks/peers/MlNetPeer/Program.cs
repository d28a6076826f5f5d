// ML.NET's contender, a prediction engine around the ONNX model: MlNetPeer FILE MODEL THREADS.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

string inputName, outputName;
long[] inputShape;
int outputs;
using (var session = new InferenceSession(args[1]))
{
    (inputName, var inputMetadata) = session.InputMetadata.Single();
    (outputName, var outputMetadata) = session.OutputMetadata.Single();
    inputShape = [1, .. inputMetadata.Dimensions[1..].Select(size => (long)size)];
    outputs = outputMetadata.Dimensions[1..].Aggregate((a, b) => a * b);
}
var sample = new Sample { Values = ModelInput.Read(args[0], inputShape, outputs) };
var (taken, given) = (SchemaDefinition.Create(typeof(Sample)), SchemaDefinition.Create(typeof(Prediction)));
(taken[0].ColumnName, given[0].ColumnName) = (inputName, outputName);
taken[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, sample.Values.Length);
var ml = new MLContext();
var options = new OnnxOptions
{
    ModelFile = args[1],
    InputColumns = [inputName],
    OutputColumns = [outputName],
    ShapeDictionary = new Dictionary<string, int[]> { [inputName] = [.. inputShape.Select(size => (int)size)] },
    IntraOpNumThreads = int.Parse(args[2], CultureInfo.InvariantCulture),
    InterOpNumThreads = 1,
};
var model = ml.Transforms.ApplyOnnxModel(options).Fit(ml.Data.LoadFromEnumerable<Sample>([], taken));
using var engine = ml.Model.CreatePredictionEngine<Sample, Prediction>(model, ignoreMissingColumns: false, taken, given);
var prediction = new Prediction();
engine.Predict(sample, ref prediction);
Slices.Answer(prediction.Values, count =>
{
    for (var i = 0L; i < count; i++)
        engine.Predict(sample, ref prediction);
});

sealed class Sample
{
    public float[] Values = [];
}

sealed class Prediction
{
    public float[] Values = [];
}
