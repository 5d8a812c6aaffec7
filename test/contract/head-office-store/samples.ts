import { randomUUID } from "node:crypto";
import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { Card, LedgerChanges, LedgerEntry } from "#server/app/ports/ledger-store.ts";
import type { StoredRecord } from "#server/app/ports/record-store.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import type { Store } from "#server/app/ports/store.ts";
import { firstHlc } from "#shared/domain/operations/hlc.ts";
import type { Holder, Lot } from "#shared/domain/ledger/lots.ts";

/** The store that a test asks. One serves all tests of a run, so each test has ids of its own. */
export type StoreOf = () => Store;

export const newId = (): string => randomUUID();
export const newIncarnation = (): string => newId().replaceAll("-", "").slice(0, 16);

/** Two digests that a test may tell apart. */
export const hashes = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const;

const nothing: LedgerChanges = { lots: [], entries: [], undos: [], newCards: [], blockedCards: [], grants: [] };
export const changes = (some: Partial<LedgerChanges>): LedgerChanges => ({ ...nothing, ...some });

export const lotOf = (memberId: string, points: number): Lot => ({
  lotId: newId(),
  memberId,
  points,
  causeOpId: newId(),
  ruleId: "spend",
  ruleVersion: 1,
  earnedOn: "2026-11-22",
  expiresOn: null,
});

const dates = { eventDate: "2026-11-21", bookingDate: "2026-11-22" } as const;

/** The two entries by which points of a lot go from one holder to another. */
export function moveOf({ lotId, memberId }: Lot, from: Holder, to: Holder, points: number, opId = newId()): readonly LedgerEntry[] {
  const entry = { opId, lotId, memberId, ...dates };
  return [
    { ...entry, line: 0, holder: from, amount: -points },
    { ...entry, line: 1, holder: to, amount: points },
  ];
}

export function debtOf(memberId: string, points: number, opId = newId()): readonly LedgerEntry[] {
  const entry = { opId, lotId: null, memberId, ...dates };
  return [
    { ...entry, line: 0, holder: "CLAIM", amount: -points },
    { ...entry, line: 1, holder: "DEBT", amount: points },
  ];
}

export const cardOf = (memberId: string, cardNumber = newId()): Card => ({
  cardNumber,
  cardKind: "ordinary",
  memberId,
  state: "active",
  blockedReason: null,
  blockedOn: null,
  blockedHlc: null,
  mainCard: null,
  issuedHlc: firstHlc,
  issueOp: newId(),
});

export const lifeOf = (replica: number, some: Partial<Incarnation> = {}): Incarnation => ({
  replica,
  incarnation: newIncarnation(),
  state: "active",
  ackSeq: 0,
  ackHash: hashes[0],
  lastHlc: firstHlc,
  forkedFrom: null,
  claim: null,
  claimState: "agrees",
  ...some,
});

export const operationOf = (
  some: Partial<JudgedOperation> & Pick<JudgedOperation, "replica" | "incarnation" | "seq">,
): JudgedOperation => ({
  opId: newId(),
  hlc: firstHlc,
  effHlc: firstHlc,
  type: "member.create",
  version: 1,
  entity: { kind: "member", id: newId() },
  transaction: undefined,
  body: Buffer.from(`{"by":"chen"}`),
  personal: Buffer.from(`{"name":"王伟"}`),
  prev: hashes[0],
  hash: hashes[1],
  receivedAtMs: 1_795_000_000_000,
  verdict: "applied",
  settle: [{ s: "cfg", g: 1 }],
  ...dates,
  ...some,
});

export const recordOf = (kind: StoredRecord["kind"], doc: StoredRecord["doc"], id = newId()): StoredRecord => ({
  kind,
  id,
  doc,
  fieldClock: { name: firstHlc },
  ver: 1,
});

export const memberOf = (memberId: string, some: StoredRecord["doc"] = {}): StoredRecord =>
  recordOf(
    "member",
    {
      memberId,
      memberNumber: `M${newId()}`,
      homeBranch: "east",
      state: "active",
      name: "王伟",
      phones: [],
      createdAtMs: 1,
      ...some,
    },
    memberId,
  );

/** Everything in one transaction of its own. */
export const save = (store: Store, some: Partial<LedgerChanges>): Promise<void> => store.write((tx) => tx.ledger.save(changes(some)));

/** Name of the constraint that refused. */
export const refusalOf = (writing: Promise<unknown>): Promise<string | undefined> =>
  writing.then(
    () => "nothing refused it",
    (cause: { readonly constraint?: string }) => cause.constraint,
  );
