/** What a slip says of its operation: enough to find it, and to notice a digit that was typed wrong. */
export type SlipNumber = {
  readonly replica: number;
  readonly seq: number;
  /** The last four digits of the operation's id, which are chance: two lives of one database number alike, and do not end alike. */
  readonly tail: string;
};

const tailLength = 4;
/** Stations and their operations count from 1. */
const form = /^0*([1-9]\d{0,8})-0*([1-9]\d{0,11})-([0-9a-f]{4})$/;

export const slipOf = ({ replica, seq, opId }: { readonly replica: number; readonly seq: number; readonly opId: string }): SlipNumber => ({
  replica,
  seq,
  tail: opId.slice(-tailLength).toLowerCase(),
});

/** As it is printed and read out: `3-142-9F0C`. */
export const writeSlip = ({ replica, seq, tail }: SlipNumber): string => `${replica}-${seq}-${tail.toUpperCase()}`;

/** @returns the number as a person typed it, in any case and with spaces around it; undefined when it cannot be one */
export function readSlip(text: string): SlipNumber | undefined {
  const [, replica, seq, tail] = form.exec(text.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase()) ?? [];
  return replica === undefined || seq === undefined || tail === undefined
    ? undefined
    : { replica: Number(replica), seq: Number(seq), tail };
}
