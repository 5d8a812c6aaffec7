import type { Result } from "#shared/std/result.ts";

/** Makes the contract's error; what facts it takes differs from code to code. */
type Raise = (options: never) => Error;

/**
 * Turns the refusal of a use case into the contract's typed error of the same code.
 * A refusal that the procedure's contract does not name does not compile.
 */
export function answer<T, R extends { readonly code: string }, E extends { readonly [Code in R["code"]]: Raise }>(
  errors: E,
  result: Result<T, R>,
): T {
  if (result.ok) return result.value;
  const { code, ...data } = result.error;
  // That the facts fit the code, the signature has no way to say; the contract's schema looks at them once more on the way out.
  const raise = errors[code as R["code"]] as unknown as (options: { readonly data?: unknown }) => Error;
  throw raise(Object.keys(data).length > 0 ? { data } : {});
}
