// The station's program, in plain JavaScript: what Node makes of TypeScript is kept only once that was asked for, and this file would be
// the one that brings the compiler along at every start.
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Beside the packages, out of the reach of other users: it halves the time of a start.
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/compiled", import.meta.url)));

const [{ runStation }, { endProgram }] = await Promise.all([import("./station.ts"), import("./end-program.ts")]);
endProgram(await runStation(process.argv.slice(2)));
