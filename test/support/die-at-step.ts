import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import Database from "better-sqlite3";

/**
 * Loaded before a program (`node --import`), kills it like a power cut at the step towards the disk that `DIE_AT_STEP` numbers, from 1:
 * a statement that changes the database, a write, a flush, a new name, a removal.
 */
const diesAt = Number(process.env["DIE_AT_STEP"]);
let steps = 0;

function count(): void {
  steps += 1;
  if (steps === diesAt) process.kill(process.pid, "SIGKILL");
}

/** Counts the calls of a method before they are made. */
function countCalls(owner: object, method: string): void {
  const methods = owner as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[method];
  if (!original) throw new Error(`there is no ${method} to count`);
  methods[method] = function counted(this: unknown, ...args: unknown[]) {
    count();
    return original.apply(this, args);
  };
}

for (const method of ["writeSync", "fsyncSync", "renameSync", "rmSync"]) countCalls(fs, method);
syncBuiltinESMExports();
countCalls(Database.prototype, "exec");
countCalls(Object.getPrototypeOf(new Database(":memory:").prepare("SELECT 1")) as object, "run");
