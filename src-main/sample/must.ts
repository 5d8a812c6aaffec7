import type { Result } from "#shared/std/result.ts";

/** The generator only asks for what the counter must grant. */
export function must<T, E extends { readonly code: string }>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`the sample cannot be made: ${result.error.code}`);
  return result.value;
}
