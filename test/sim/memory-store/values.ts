export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** As a sequence of the database would give it: one more than the greatest so far, 1 at first. */
export const nextNumber = (taken: readonly number[]): number => taken.reduce((greatest, number) => Math.max(greatest, number), 0) + 1;

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Values of a set of keys that may name one twice, each once. */
export const foundOnce = <T>(keys: readonly string[], find: (key: string) => T | undefined): readonly T[] =>
  [...new Set(keys)].flatMap((key) => find(key) ?? []);

/** PostgreSQL refuses a statement that would write one row twice. */
export function refuseTwice(keys: readonly string[]): void {
  if (new Set(keys).size < keys.length) throw new Error("one statement cannot write a row a second time");
}
