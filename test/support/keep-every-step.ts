import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import Database from "better-sqlite3";

/**
 * Loaded before a program (`node --import`), keeps in `KEPT_STEPS` a copy of the folder `KEPT_FOLDER` as it is before each step towards
 * the disk, numbered from 1: a statement that changes the database, a write, a flush, a new name, a removal. That is what a program that is
 * killed there leaves behind.
 */
const folder = process.env["KEPT_FOLDER"] ?? "";
const copies = process.env["KEPT_STEPS"] ?? "";
let steps = 0;

function keep(): void {
  steps += 1;
  fs.cpSync(folder, `${copies}/${steps}`, { recursive: true, preserveTimestamps: true });
}

/** Keeps the folder before every call of the method. */
function keepBefore(owner: object, method: string): void {
  const methods = owner as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[method];
  if (!original) throw new Error(`there is no ${method} to keep the folder before`);
  methods[method] = function kept(this: unknown, ...args: unknown[]) {
    keep();
    return original.apply(this, args);
  };
}

const run = Object.getPrototypeOf(new Database(":memory:").prepare("SELECT 1")) as object;
for (const method of ["writeSync", "fsyncSync", "renameSync", "rmSync"]) keepBefore(fs, method);
syncBuiltinESMExports();
keepBefore(Database.prototype, "exec");
keepBefore(run, "run");
