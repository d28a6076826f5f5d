// Runs the program under Node, without a browser.
import { dotnet } from './_framework/dotnet.js';

const { runMain } = await dotnet.create();
process.exit(await runMain(undefined, process.argv.slice(2)));
