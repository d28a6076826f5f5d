// Runs the program in a page, which shows what it writes, and sends it when it has ended. Its arguments follow the question mark of the address.
import { dotnet } from './_framework/dotnet.js';

const show = line => document.querySelector('pre').append(`${line}\n`);
console.log = show;
const { runMain } = await dotnet.create();
show(`ended with ${await runMain(undefined, location.search.slice(1).split('&'))}`);
await fetch('shown', { method: 'POST', body: document.querySelector('pre').textContent });
