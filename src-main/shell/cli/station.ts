import { printFailure } from "./answer.ts";
import { exitCodes } from "./command-failure.ts";
import { usage } from "./options.ts";

const help = `station serve [--data DIR] [--port N] [--reader PATH] [--journal DIR] [--open] [--json]
    The counter in a browser of this computer, and the calls below, until Ctrl+C. With --journal the second copy of what it writes goes
    to a folder on another volume, also from then on; COUNTERFOIL_JOURNAL names it too.
station call PROCEDURE [--input JSON or -] [--user NAME] [--data DIR] [--json]
    Asks one thing, such as points.balance. The password of NAME comes from COUNTERFOIL_PASSWORD.
    A stream such as station.watch prints a line an event until it is interrupted.
station enrol --hq URL --code CODE [--data DIR] [--json]
    Joins the station to head office.
station verify [--data DIR] [--user NAME] [--json]
    Re-reads all books, also of a counter that is open; exits with 1 and names what does not hold.
station backup [--data DIR] [--user NAME] [--json]
    Copies the data now, encrypted as they are, into DIR/backups; an open counter does so by itself once a day.
station restore [--backup FILE] [--data DIR] [--json]
    Puts the newest copy, or FILE, in the place of the data of a closed counter. What was there is set aside and never deleted.
station rebuild [--data DIR] [--from-journal DIR] [--journal DIR] [--json]
    Makes a database that is missing or damaged anew, from the mirror journal and head office; the old one is set aside.
station rebuild --drill [--json]
    Proves on a company of its own that nothing is lost by it.
station recovery-kit [--data DIR] [--user NAME] [--json]
    The key of the data in letters, to be printed and locked away.
station recover-key [--data DIR] [--json]
    Brings back a key that was lost, from COUNTERFOIL_RECOVERY_KEY. The data are as they were.
station change-key [--data DIR] [--json]
    Another key for all data of a closed counter, copies too. Broken off anywhere, it goes on when it is given again.
station version [--json]

DIR is where the station's data lie; COUNTERFOIL_DATA names it too. Without either it is this person's data folder.
Answers are JSON on the standard output, and so are refusals: {"error":{"code","message","data"}}. Logs go to the error output.
Exit codes: 0 done, 1 the station refused, 2 the command line is wrong, 3 the station could not be opened or reached, or failed.`;

/** Each is loaded when it is given, because most of a short call's time is the loading of what it does not need. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  serve: async (args) => (await import("./serve.ts")).serve(args),
  call: async (args) => (await import("./call.ts")).call(args),
  enrol: async (args) => (await import("./enrol.ts")).enrol(args),
  verify: async (args) => (await import("./verify.ts")).verify(args),
  backup: async (args) => (await import("./backup.ts")).backup(args),
  restore: async (args) => (await import("./restore.ts")).restore(args),
  rebuild: async (args) => (await import("./rebuild.ts")).rebuild(args),
  "recovery-kit": async (args) => (await import("./recovery-kit.ts")).recoveryKit(args),
  "recover-key": async (args) => (await import("./recover-key.ts")).recoverKey(args),
  "change-key": async (args) => (await import("./change-key.ts")).changeKey(args),
  version: async (args) => (await import("./version.ts")).version(args),
};

/** What `station.mjs` starts. @returns the exit code */
export async function runStation([name = "--help", ...args]: readonly string[]): Promise<number> {
  if (name === "--help" || args.includes("--help")) {
    console.log(help);
    return exitCodes.done;
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw usage(`There is no command "${name}". Known: ${Object.keys(commands).join(", ")}.`);
    return await command(args);
  } catch (error) {
    return printFailure(error, args.includes("--json"));
  }
}
