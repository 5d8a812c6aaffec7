// The one door to every command. Plain JavaScript that Node 20 understands, because on a fresh clone nothing newer is there yet:
// it installs what is missing and goes on under the Node that came with it. See CONTRIBUTING.md for the commands.
import { buildAll, buildStale } from "./build.mjs";
import { runChecks } from "./checks.mjs";
import { openCounter } from "./counter.mjs";
import { ensureInstalled } from "./install.mjs";
import { findNode } from "./pinned-node.mjs";
import { root } from "./project.mjs";
import { runHere } from "./run.mjs";
import { runTests } from "./tests.mjs";

/** Programs that run under the pinned Node with the arguments as they were given. */
const programs = {
  station: "src-main/shell/cli/station.mjs",
  replay: "src-main/shell/cli/replay.ts",
  docs: "src-main/shell/cli/docs.ts",
  hq: "src-server/main.ts",
  crash: "test/crash/crash.ts",
  sim: "test/sim/sim.ts",
  icons: "src-main/shell/cli/icons.ts",
};

/** Each is given the pinned Node and the arguments, and answers with the exit code. */
const commands = {
  start: openCounter,
  test: runTests,
  check: async (node) => ((await runChecks(node)).length === 0 ? 0 : 1),
  build: buildAll,
  dist: makePackages,
  // These serve screens.
  demo: (node, args) => runWithScreens(node, "src-main/shell/cli/demo.ts", args),
  screenshots: (node, args) => runWithScreens(node, "src-main/shell/cli/screenshots.ts", args),
  bench: (node, args) => runWithScreens(node, "test/bench/bench.ts", args),
};

async function makePackages(node, args) {
  return (await buildAll(node)) || runHere(node, [`${root}/src-main/shell/cli/dist.ts`, ...args]);
}

async function runWithScreens(node, script, args) {
  await buildStale(node, ["renderer"]);
  return runHere(node, [`${root}/${script}`, ...args]);
}

async function main([name = "start", ...args]) {
  if (!(name in commands) && !(name in programs)) {
    console.error(`There is no command "${name}". Known: ${[...Object.keys(commands), ...Object.keys(programs)].join(", ")}.`);
    return 2;
  }
  await ensureInstalled();
  const node = findNode();
  if (name in programs) return runHere(node, [`${root}/${programs[name]}`, ...args]);
  return commands[name](node, args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
