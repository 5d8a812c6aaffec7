import type { QueueLine } from "#shared/contracts/acts/queue.ts";
import { texts, type MessageKey } from "../../app/intl/catalogue.ts";

/** Entries, by what stands against them. */
export type QueueList = "quarantined" | "parked" | "flagged";
/** What a person solves comes first. */
export const sections = ["quarantined", "unclaimed", "parked", "flagged"] as const satisfies readonly (QueueList | "unclaimed")[];
export type QueueSection = (typeof sections)[number];

/** What was decided, as the person is told; of what `count` is depends on the kind. */
export type News = {
  readonly requestId: string;
  readonly kind: "released" | "refused" | "noted" | "counted" | "given" | "proposed" | "emptyHanded" | "putAway";
  readonly count: number;
};

const has = (key: string): key is MessageKey => Object.hasOwn(texts, key);

/** @returns why head office could not simply apply an entry and what a person there does about it */
export function whyWords({ code }: Pick<QueueLine, "code">): MessageKey {
  const key = `queue.why.${code ?? "other"}`;
  return has(key) ? key : "queue.why.other";
}

/** @returns what the counter is told of a marked entry; head office reads the same sentence */
export function flagWords({ code }: Pick<QueueLine, "code">): MessageKey {
  const key = `sync.code.${code ?? "other"}`;
  return has(key) ? key : "queue.why.flagged";
}

/** Of two entries under one id each is held back by itself. */
export const keyOf = ({ incarnation, seq }: Pick<QueueLine, "incarnation" | "seq">): string => `${incarnation}/${seq}`;
