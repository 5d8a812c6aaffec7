import type { Result } from "#shared/std/result.ts";

/** All that a benchmark does is granted where everything is in order. */
export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
