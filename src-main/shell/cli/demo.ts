import { once } from "node:events";
import { printFailure, printJson } from "./answer.ts";
import { CommandFailure, exitCodes } from "./command-failure.ts";
import { playHeadless } from "./demo/headless.ts";
import { playByHand } from "./demo/interactive.ts";
import { endProgram } from "./end-program.ts";
import { readOptions, usage } from "./options.ts";

const help = `demo [--headless] [--json] [--seed N]
    Head office, two branches with their own databases, and readers on pseudo-terminals, all of it gone afterwards.
    With --headless a whole day with an outage is played, and the books of all three sides are printed; without it two counters
    open in the browser, and cards and cables are in this terminal. The seed draws members, amounts, order and outage; 1 unless named.
    COUNTERFOIL_DATABASE_URL names a PostgreSQL for head office; else it starts one of its own.
Exit codes: 0 all sides agree, 1 they do not, 2 the command line is wrong, 3 a part could not be started or failed.`;

async function main(args: readonly string[]): Promise<number> {
  const isForScript = args.includes("--json");
  if (args.includes("--help")) {
    console.log(help);
    return exitCodes.done;
  }
  try {
    const { values } = readOptions(args, {
      headless: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
    });
    const seed = readSeed(values.seed);
    const say = (line: string): void => console.error(line);
    if (!values.headless) {
      await untilInterrupted((stack) => playByHand(stack, seed, say));
      return exitCodes.done;
    }
    const report = await untilInterrupted((stack) => playHeadless(stack, seed, say));
    printJson(report, isForScript);
    return report.agree ? exitCodes.done : exitCodes.refused;
  } catch (error) {
    return printFailure(error, isForScript);
  }
}

/** The generator of the day takes 32 bits. */
const seedMax = 0xffff_ffff;

function readSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d{1,10}$/.test(text) || seed > seedMax) throw usage(`--seed is a whole number from 0 to ${seedMax}, not "${text}".`);
  return seed;
}

/** Ends everything that the work has started: when it is done, when it fails, and when it is told to end. A second signal ends at once. */
async function untilInterrupted<T>(work: (stack: AsyncDisposableStack) => Promise<T>): Promise<T> {
  await using stack = new AsyncDisposableStack();
  const told = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal));
  const interrupted = Promise.race(told).then(() => {
    throw new CommandFailure(exitCodes.failed, "INTERRUPTED", "The demo was ended before it was over.");
  });
  return await Promise.race([work(stack), interrupted]);
}

if (import.meta.main) endProgram(await main(process.argv.slice(2)));
