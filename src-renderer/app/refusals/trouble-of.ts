import { refusalOf } from "../client.ts";
import type { Trouble } from "./refusal-words.ts";

/** @returns what to tell the operator about a failed call: whatever is not a typed refusal is a channel that closed */
export const troubleOf = (error: unknown): Trouble | undefined =>
  error === null || error === undefined ? undefined : (refusalOf(error) ?? { code: "STATION_UNREACHABLE" });
