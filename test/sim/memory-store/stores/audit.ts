import type { Audit, Damage } from "#server/app/ports/audit.ts";
import type { LedgerEntry } from "#server/app/ports/ledger-store.ts";
import type { Tables } from "../tables.ts";
import { byText, foundOnce, sum } from "../values.ts";

const damageOf = (table: string, ids: Iterable<string>): readonly Damage[] =>
  [...new Set(ids)].toSorted(byText).map((id) => ({ table, id }));

const sumsBy = (entries: readonly LedgerEntry[], keyOf: (entry: LedgerEntry) => string): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(entries, keyOf)].map(([key, some]) => [key, sum(some.map(({ amount }) => amount))]));

/** Keys under which an account is not the sum of its entries, or is below zero though it must not be. */
function wrongAccounts(
  accounts: readonly { readonly key: string; readonly amount: number; readonly mayBeBelowZero: boolean }[],
  sums: ReadonlyMap<string, number>,
): readonly string[] {
  const keys = new Set(accounts.map(({ key }) => key));
  return [
    ...accounts
      .filter(({ key, amount, mayBeBelowZero }) => amount !== (sums.get(key) ?? 0) || (amount < 0 && !mayBeBelowZero))
      .map(({ key }) => key),
    ...[...sums].filter(([key, amount]) => amount !== 0 && !keys.has(key)).map(([key]) => key),
  ];
}

export function makeAudit({ accounts, memberAccounts, entries, lives, inbox, opIds }: Tables): Audit {
  return {
    async unbalanced() {
      const all = entries.all();
      const perOperation = sumsBy(all, ({ opId, lotId, memberId }) => `${opId} ${lotId ?? memberId}`);
      const ofLots = accounts
        .all()
        .map(({ lotId, holder, amount }) => ({ key: `${lotId}/${holder}`, amount, mayBeBelowZero: holder === "ISSUED" }));
      const ofMembers = memberAccounts
        .all()
        .map(({ memberId, holder, amount }) => ({ key: `${memberId}/${holder}`, amount, mayBeBelowZero: holder === "CLAIM" }));
      const lotSums = sumsBy(
        all.filter(({ lotId }) => lotId !== null),
        ({ lotId, holder }) => `${lotId}/${holder}`,
      );
      const memberSums = sumsBy(
        all.filter(({ lotId }) => lotId === null),
        ({ memberId, holder }) => `${memberId}/${holder}`,
      );
      return [
        ...damageOf("account", wrongAccounts(ofLots, lotSums)),
        ...damageOf(
          "ledger_entry",
          [...perOperation].filter(([, amount]) => amount !== 0).map(([key]) => key.slice(0, key.indexOf(" "))),
        ),
        ...damageOf("member_account", wrongAccounts(ofMembers, memberSums)),
      ];
    },
    async incarnations() {
      return lives
        .all()
        .toSorted((a, b) => a.replica - b.replica || byText(a.incarnation, b.incarnation))
        .map(({ registeredAtMs: _registered, headSeq: _seq, headAtMs: _at, ...life }) => life);
    },
    async entriesOf(wanted) {
      return foundOnce(wanted, (opId) => entries.where("byOperation", opId))
        .flat()
        .toSorted((a, b) => byText(a.opId, b.opId) || a.line - b.line);
    },
    async orphans() {
      const withoutInbox = opIds
        .all()
        .filter(({ replica, incarnation, seq }) => !inbox.get(`${replica}/${incarnation}/${seq}`))
        .map(({ opId }) => opId);
      const unheard = entries
        .all()
        .map(({ opId }) => opId)
        .filter((opId) => !opIds.get(opId));
      return [...damageOf("ledger_entry", unheard), ...damageOf("op_id", withoutInbox)];
    },
  };
}
