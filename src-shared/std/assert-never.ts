/** Closes a switch over a union: a member without a case does not compile, and one from a newer version is named at run time. */
export function assertNever(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`);
}
