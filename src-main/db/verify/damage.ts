import type Database from "better-sqlite3";
import { Fault } from "#main/app/ports/fault.ts";
import type { Damage } from "#main/app/ports/upkeep.ts";
import { toStorageFault } from "../faults.ts";

/** One question to the books. */
export type Check = (sqlite: Database.Database) => readonly Damage[];

const unreadable = new Set(["STORAGE_DAMAGED", "STORAGE_KEY_OR_FILE_WRONG", "STORAGE_FAILING"]);

/** Rows that a page does not give back are damage too, and not the end of the looking. */
export function lookFor(table: string, check: Check, sqlite: Database.Database): readonly Damage[] {
  try {
    return check(sqlite);
  } catch (cause) {
    const fault = toStorageFault(cause);
    if (!(fault instanceof Fault && unreadable.has(fault.code))) throw cause;
    return [{ table, id: "unreadable" }];
  }
}
