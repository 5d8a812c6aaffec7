import type { LocalName } from "#shared/domain/names/local-name.ts";

/** What is chosen from a list that the company looks after itself (Z-06). A new choice on a screen is a new kind here. */
export const dictionaryKinds = ["cardBlockReason", "undoReason"] as const;
export type DictionaryKind = (typeof dictionaryKinds)[number];

/** One choice. Its code is what operations carry, and never changes its meaning; its name may. */
export type DictionaryEntry = {
  readonly kind: DictionaryKind;
  readonly code: string;
  readonly name: LocalName;
  /** Its place among the others, the lowest first. */
  readonly position: number;
  /** A retired entry is offered no more; what was done under it keeps its name. */
  readonly isActive: boolean;
};

const entry = (zhCN: string, enUS: string): LocalName => ({ "zh-CN": zhCN, "en-US": enUS });

/** What every company begins with. Head office renames, retires and adds; nothing has to be set up before the first card is blocked. */
const builtIn: Readonly<Record<DictionaryKind, Readonly<Record<string, LocalName>>>> = {
  cardBlockReason: {
    lost: entry("遗失", "Lost"),
    stolen: entry("被盗", "Stolen"),
    damaged: entry("损坏", "Damaged"),
    misused: entry("冒用", "Misused"),
  },
  undoReason: {
    amount: entry("金额或小票录错", "Wrong amount or receipt"),
    member: entry("会员选错", "Wrong member"),
    customer: entry("顾客改变主意", "The customer changed their mind"),
  },
};

/** Room between two entries, for one that is put there later. */
const positionStep = 10;

/** All entries of a kind, retired ones too, in their order: what is built in, and over it what head office has set. */
export function entriesOf(kind: DictionaryKind, set: readonly DictionaryEntry[]): readonly DictionaryEntry[] {
  const begun = Object.entries(builtIn[kind]).map(([code, name], i): DictionaryEntry => ({
    kind,
    code,
    name,
    position: (i + 1) * positionStep,
    isActive: true,
  }));
  const byCode = new Map([...begun, ...set.filter((each) => each.kind === kind)].map((each) => [each.code, each]));
  return [...byCode.values()].toSorted((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1));
}
