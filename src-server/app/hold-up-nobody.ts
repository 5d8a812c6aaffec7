import type { Log } from "./ports/machine.ts";
import { StoreUnavailable } from "./ports/store.ts";

/**
 * Does one piece of work of many. When it fails for a reason nobody foresaw it is undone by its transaction and logged, and the others go on.
 *
 * @param about named in the log: ids and numbers, nobody's data
 * @returns undefined when it failed
 * @throws StoreUnavailable when the database cannot be asked, which no piece is to blame for
 */
export async function holdUpNobody<T>(log: Log, about: Parameters<Log>[1], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StoreUnavailable) throw cause;
    log("work put off", { ...about, cause: nameOf(cause) });
    return undefined;
  }
}

/** A message may quote a value of the row, so a log gets the code or the class. */
export const nameOf = (cause: unknown): string =>
  cause instanceof Error ? ("code" in cause && typeof cause.code === "string" ? cause.code : cause.name) : "unknown";
