import type { Store, Transaction } from "#server/app/ports/store.ts";
import type { RowSum } from "#shared/contracts/sync/row-hash.ts";
import type { Account } from "#server/app/ports/ledger-store.ts";
import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import type { MemberCharge } from "#server/app/ports/lapse-store.ts";
import { proposalRecord, type ProposalRecord } from "#shared/domain/earning/proposal.ts";
import { earningRule } from "#shared/domain/earning/rule.ts";
import { endWithoutVisits } from "#shared/domain/expiry/inactivity.ts";
import { lapseRecord, type LapseRecord } from "#shared/domain/expiry/lapse.ts";
import type { Lot } from "#shared/domain/ledger/lots.ts";
import { requestRecord, type RequestRecord } from "#shared/domain/requests/request.ts";
import { changedByItself, givenBack, returnedToBudgets } from "./own-moves.ts";
import { feedRecords, type BalanceRecord, type FeedRecords } from "#shared/contracts/sync/feed.ts";
import { aliasRecord, namesOf, type AliasRecord } from "#shared/domain/members/alias.ts";

/** Long enough ago for every visit to count. */
const everSince = "0000-01";

type Refunded = { readonly memberId: string; readonly refundedFen: number; readonly reversedPoints: number };

/** Points of everybody together that lapsed, that members got back for what they spent meanwhile, and that had not lapsed after all. */
export type Lapsed = Readonly<Record<LapseRecord["what"], number>>;

/** All that ever was of the points of one member. */
export type PointsHistory = {
  /** Each with the last day that it has after all, if its member stayed away. */
  readonly lots: readonly Lot[];
  readonly accounts: readonly Account[];
  readonly charges: readonly MemberCharge[];
  readonly lapses: readonly LapseRecord[];
};

const aliasesOf = async (tx: Transaction): Promise<ReadonlyMap<string, AliasRecord>> =>
  new Map((await tx.records.ofKind("alias")).map(({ id, doc }) => [id, aliasRecord.parse(doc)]));

/** What head office has, read from its store at one moment. */
export const makeBooks = (look: Store["read"]) => ({
  /** All operations of stations, life by life in the order of their numbers. */
  inbox: (): Promise<readonly JudgedOperation[]> =>
    look(async (tx) => {
      const lives = (await tx.audit.incarnations()).filter(({ replica }) => replica > 0);
      const inboxes: JudgedOperation[] = [];
      for (const { replica, incarnation, ackSeq } of lives)
        if (ackSeq > 0) inboxes.push(...(await tx.inbox.range(replica, incarnation, 1, ackSeq)));
      return inboxes;
    }),
  /** Lives of stations, and how far each is acknowledged. */
  lives: (): Promise<readonly Incarnation[]> => look(async (tx) => (await tx.audit.incarnations()).filter(({ replica }) => replica > 0)),
  /** The lots of these members that have something left, and all accounts of each. */
  unspent: (memberIds: readonly string[]): Promise<{ readonly lots: readonly Lot[]; readonly accounts: readonly Account[] }> =>
    look((tx) => tx.ledger.lots({ memberIds, lotIds: [] })),
  /** What head office by itself gave to each member, or took; only of whom it did. */
  changedByItself: (inbox: readonly JudgedOperation[]): Promise<ReadonlyMap<string, number>> => look((tx) => changedByItself(tx, inbox)),
  /** By lot, what was given back of lives that had ended. */
  givenBack: (): Promise<ReadonlyMap<string, number>> => look(givenBack),
  /** By lot, what head office gave back to the budgets of campaigns. */
  returnedToBudgets: (): Promise<ReadonlyMap<string, number>> => look(returnedToBudgets),
  /** The lots by these ids. */
  lots: (lotIds: readonly string[]): Promise<readonly Lot[]> => look(async (tx) => (await tx.ledger.lots({ memberIds: [], lotIds })).lots),
  /** Under what other names members are in the books; only of whom they are. */
  aliases: (): Promise<ReadonlyMap<string, AliasRecord>> => look(aliasesOf),
  /** @param names all that one person has */
  history: (names: readonly string[]): Promise<PointsHistory> =>
    look(async (tx) => {
      const { lots, accounts } = await tx.ledger.lots({ memberIds: [], lotIds: await tx.lapses.lotsEver(names) });
      const served = await tx.lapses.served(names);
      const rules = (await tx.records.ofKind("rule")).map(({ doc }) => earningRule.parse(doc));
      const endOf = (lot: Lot): string | null => {
        const months = rules.find(({ ruleId, version }) => ruleId === lot.ruleId && version === lot.ruleVersion)?.inactiveMonths;
        return months === undefined ? lot.expiresOn : endWithoutVisits(lot, months, served);
      };
      return {
        lots: lots.map((lot) => ({ ...lot, expiresOn: endOf(lot) })),
        accounts,
        charges: await tx.lapses.charges(names),
        lapses: (await tx.records.lapses(names)).map(({ doc }) => lapseRecord.parse(doc)),
      };
    }),
  proposals: (): Promise<readonly ProposalRecord[]> =>
    look(async (tx) => (await tx.records.ofKind("proposal")).map(({ doc }) => proposalRecord.parse(doc))),
  /** What came back of purchases, by the operation that awarded points for them. */
  refunds: (): Promise<ReadonlyMap<string, Refunded>> =>
    look(async (tx) => new Map((await tx.records.ofKind("refund")).map(({ id, doc }) => [id, doc as unknown as Refunded]))),
  requests: (): Promise<readonly RequestRecord[]> =>
    look(async (tx) => (await tx.records.ofKind("request")).map(({ doc }) => requestRecord.parse(doc))),
  lapsed: (): Promise<Lapsed> =>
    look(async (tx) => {
      const lapses = (await tx.records.ofKind("lapse")).map(({ doc }) => lapseRecord.parse(doc));
      const sumOf = (what: LapseRecord["what"]): number =>
        lapses.reduce((sum, lapse) => sum + (lapse.what === what ? lapse.points - lapse.withdrawn : 0), 0);
      return { expired: sumOf("expired"), exchanged: sumOf("exchanged"), restored: sumOf("restored") };
    }),
  /** The last day whose lapsed points are expired. */
  expiredUntil: (): Promise<string> => look(async (tx) => (await tx.lapses.lastRun("expiry"))?.until ?? ""),
  /** Operations of stations that put points into EXPIRED. */
  expiredByStations: (inbox: readonly JudgedOperation[]): Promise<readonly string[]> =>
    look(async (tx) => {
      const entries = await tx.audit.entriesOf(inbox.map(({ opId }) => opId));
      return entries.flatMap(({ opId, holder, amount }) => (holder === "EXPIRED" && amount > 0 ? opId : []));
    }),
  balances: (): Promise<ReadonlyMap<string, BalanceRecord>> =>
    look(async (tx) => new Map((await tx.records.ofKind("balance")).map(({ id, doc }) => [id, doc as unknown as BalanceRecord]))),
  openProposals: (): Promise<readonly string[]> =>
    look(async (tx) => (await tx.records.ofKind("proposal")).flatMap(({ id, doc }) => (doc["state"] === "open" ? id : []))),
  approved: (): Promise<ReadonlySet<string>> =>
    look(async (tx) => new Set((await tx.records.ofKind("proposal")).flatMap(({ id, doc }) => (doc["state"] === "approved" ? id : [])))),
  /** Records as they are, by id, which a branch is to have: of members at home there or served there, under any of their names. */
  rowsFor: <Kind extends "member" | "card" | "review" | "proposal">(
    branchId: string,
    kind: Kind,
  ): Promise<Readonly<Record<string, FeedRecords[Kind]>>> =>
    look(async (tx) => {
      const members = await tx.records.ofKind("member");
      const visits = await tx.ledger.visits(
        members.map(({ id }) => id),
        everSince,
      );
      const served = new Set(visits.filter((visit) => visit.branchId === branchId).map(({ memberId }) => memberId));
      const known = new Set(members.flatMap(({ id, doc }) => (doc["homeBranch"] === branchId || served.has(id) ? id : [])));
      const aliases = await aliasesOf(tx);
      const ours = new Set([...known].flatMap((id) => namesOf(id, (memberId) => aliases.get(memberId))));
      const records = kind === "member" ? members : await tx.records.ofKind(kind);
      return Object.fromEntries(
        records.flatMap(({ id, doc }) =>
          ours.has((doc["memberId"] as string | undefined) ?? id) ? [[id, feedRecords[kind].parse(doc) as FeedRecords[Kind]]] : [],
        ),
      );
    }),
  directory: (): Promise<Readonly<Record<string, unknown>>> =>
    look(async (tx) => Object.fromEntries((await tx.records.ofKind("directory")).map(({ id, doc }) => [id, doc]))),
  /** What the rows of each of these streams add up to. */
  sums: (streams: readonly string[]): Promise<ReadonlyMap<string, RowSum>> =>
    look(async (tx) => new Map([...(await tx.feed.heads(streams))].map(([stream, { rows }]) => [stream, rows]))),
  /** Where each of these streams ends. */
  heads: (streams: readonly string[]): Promise<ReadonlyMap<string, number>> =>
    look(async (tx) => new Map([...(await tx.feed.heads(streams))].map(([stream, { gseq }]) => [stream, gseq]))),
});
