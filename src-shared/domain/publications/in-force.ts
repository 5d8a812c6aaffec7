/** What rules and plans have in common: immutable versions, each with its first and last day; a later number supersedes an earlier one. */
type Version = { readonly version: number; readonly opensOn: string; readonly closesOn: string | null };

/**
 * The version that counts on a day: the newest that has opened by then. A version yet to come waits for its day, and one that has closed
 * is not followed by an older one that is still open: whoever closed it meant it.
 */
export const inForce = <V extends Omit<Version, "closesOn">>(versions: readonly V[], date: string): V | undefined =>
  versions.filter(({ opensOn }) => opensOn <= date).toSorted((a, b) => b.version - a.version)[0];

export const isOpenOn = ({ opensOn, closesOn }: Version, date: string): boolean =>
  opensOn <= date && (closesOn === null || date <= closesOn);

export const newestVersion = (versions: readonly Pick<Version, "version">[]): number =>
  versions.reduce((newest, { version }) => Math.max(newest, version), 0);
