import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { root } from "./project.mjs";

/** What a program started by us sees: the pinned Node first in its PATH, so that its own children run under it too. */
export function environment(node, extra = {}) {
  return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`, ...extra };
}

/** What runs aside, which goes with us. */
const asides = new Set();

/**
 * Runs a script in our place: our input and output are its own, signals sent to us go to it, and it decides the exit code.
 *
 * @param options.output where what it prints goes: 1 is our standard output, 2 our error output
 * @returns the exit code; a program that died of a signal takes us with it by the same signal, as a shell expects
 */
export function runHere(command, args, { env = {}, output = 1 } = {}) {
  const child = spawn(command, args, { stdio: ["inherit", output, 2], env: environment(command, env) });
  // A terminal sends Ctrl-C to both of us already; a second one might be read as "now, at once".
  const signals = process.stdin.isTTY ? ["SIGTERM", "SIGHUP"] : ["SIGINT", "SIGTERM", "SIGHUP"];
  const passOn = (signal) => [child, ...asides].forEach((each) => each.kill(signal));
  const staySilent = () => undefined;
  for (const signal of signals) process.on(signal, passOn);
  if (process.stdin.isTTY) process.on("SIGINT", staySilent);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      for (const each of signals) process.off(each, passOn);
      process.off("SIGINT", staySilent);
      if (signal) process.kill(process.pid, signal);
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs a program aside and collects what it says.
 *
 * @param options.timeoutMs after this many milliseconds it is ended, and counts as failed
 * @returns its exit code, and its output and error output in the order in which they came
 */
export function runAside(command, args, { env, timeoutMs } = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env, timeout: timeoutMs, killSignal: "SIGKILL" });
  asides.add(child);
  child.once("close", () => asides.delete(child));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 127, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
