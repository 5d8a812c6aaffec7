import { PassThrough } from "node:stream";
import { runCommand } from "#server/cli/run-command.ts";

/** What Electron gives a utility process to reach its parent by. */
type ParentPort = { readonly on: (event: "message", listener: (message: { readonly data: { readonly input: string } }) => void) => void };

// Head office as a utility process of a packed counter, which runs it for its sample. The parent sends the whole input in one message.
const { parentPort } = process as NodeJS.Process & { readonly parentPort: ParentPort };
const stdin = new PassThrough();
parentPort.on("message", ({ data }) => void stdin.end(data.input));
const code = await runCommand(process.argv.slice(2), { env: process.env, stdin, stdout: process.stdout });
// Such a process does not end by itself when it has nothing left to do. What was printed goes out first.
process.stdout.write("", () => process.exit(code));
