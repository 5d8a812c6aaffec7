import { finishWork } from "#server/app/operations/finish-work.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { earningRule, type EarningRule } from "#shared/domain/earning/rule.ts";
import { isUnspent, lifeOfHolder } from "#shared/domain/ledger/lots.ts";

/** The campaigns that a counter may award under have a budget each: a counter that has just begun is given its share of them. */
export async function giveSharesToNewLife({ machine, identity }: Pick<Ports, "machine" | "identity">, tx: Transaction): Promise<void> {
  const rules = (await tx.records.ofKind("rule")).map(({ doc }) => earningRule.parse(doc));
  const items = new Set(rules.flatMap(({ budget }) => budget?.itemId ?? []));
  if (items.size > 0) await finishWork(await openWork(tx, machine, identity, { memberIds: items }));
}

export type BudgetLeft = {
  /** At head office. */
  readonly inPool: number;
  /** Shares of counters, and what is set aside of those that were taken for dead. */
  readonly atCounters: number;
};

/** What is left of the budgets of these rules, by item. */
export async function budgetsLeft(tx: Transaction, rules: readonly EarningRule[]): Promise<ReadonlyMap<string, BudgetLeft>> {
  const items = [...new Set(rules.flatMap(({ budget }) => budget?.itemId ?? []))];
  const { lots, accounts } = await tx.ledger.lots({ memberIds: items, lotIds: [] });
  const itemOf = new Map(lots.map(({ lotId, memberId }) => [lotId, memberId]));
  const left = new Map<string, BudgetLeft>(items.map((itemId) => [itemId, { inPool: 0, atCounters: 0 }]));
  for (const { lotId, holder, amount } of accounts) {
    const itemId = itemOf.get(lotId) ?? "";
    const before = left.get(itemId);
    if (!before || !isUnspent(holder)) continue;
    const isAtCounter = lifeOfHolder(holder) !== undefined;
    left.set(itemId, isAtCounter ? { ...before, atCounters: before.atCounters + amount } : { ...before, inPool: before.inPool + amount });
  }
  return left;
}
