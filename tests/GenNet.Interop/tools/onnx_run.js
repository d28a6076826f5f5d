// Runs ONNX models: node onnx_run.js FOLDER NAME... reads NAME.onnx and its batch NAME.in, writes NAME.out. Numbers are raw little-endian floats.
const fs = require("fs");
const path = require("path");
const ort = require("onnxruntime-node");

async function run(folder, name) {
    const session = await ort.InferenceSession.create(path.join(folder, `${name}.onnx`));
    const columns = session.inputMetadata[0].shape[1];
    const bytes = fs.readFileSync(path.join(folder, `${name}.in`));
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const input = new ort.Tensor("float32", values, [values.length / columns, columns]);
    const outputs = await session.run({ [session.inputNames[0]]: input });
    const output = outputs[session.outputNames[0]].data;
    fs.writeFileSync(path.join(folder, `${name}.out`), Buffer.from(output.buffer, output.byteOffset, output.byteLength));
}

(async () => {
    const [folder, ...names] = process.argv.slice(2);
    for (const name of names)
        await run(folder, name);
})().catch(error => {
    console.error(error.message);
    process.exit(1);
});
