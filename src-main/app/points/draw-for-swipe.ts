import type { MemberCard } from "#shared/contracts/members.ts";
import { awardTarget } from "#shared/domain/ledger/target.ts";
import { poolOf } from "#main/app/pools/shared-points.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** Whoever is swiped again within this time is served by the same visit, and what head office had to give was given. */
const onceWithinMs = 10 * 60 * 1000;

/**
 * Asks head office for the right to spend points of the member who was just swiped, while the line is up: a line that is lost in the middle of
 * the sale does no harm then. Nobody waits for it; what is granted comes up on the screen by itself.
 */
export function makeDrawForSwipe({ store, clock, random, headOffice }: Pick<Ports, "store" | "clock" | "random" | "headOffice">) {
  const askedAtMs = new Map<string, number>();

  /** How many points would make a typical redemption possible here; 0 when there are enough, or none to be had. */
  function lacking({ memberId, balance }: MemberCard): number {
    if (balance.awaitsContact || (balance.balance !== null && balance.atHeadOffice === 0)) return 0;
    const isHome = store.read((view) => view.members.find(memberId)?.homeBranch === view.identity()?.branchId);
    const wanted = awardTarget(isHome ? "home" : "other") - balance.spendableHere + (balance.shared?.spendableHere ?? 0);
    return Math.max(0, balance.balance === null ? wanted : Math.min(wanted, balance.atHeadOffice));
  }

  /** The same of the pool that the member saves up with. */
  function lackingOfPool({ memberId, balance: { shared } }: MemberCard): { readonly poolId: string; readonly want: number } | undefined {
    const poolId = store.read((view) => poolOf(view, memberId))?.poolId;
    if (!shared || poolId === undefined) return undefined;
    const want = Math.min(shared.balance, awardTarget("other")) - shared.spendableHere;
    return want > 0 ? { poolId, want } : undefined;
  }

  return (card: MemberCard): void => {
    const nowMs = clock.nowMs();
    for (const [memberId, atMs] of askedAtMs) if (nowMs - atMs >= onceWithinMs) askedAtMs.delete(memberId);
    const mayMove = card.state === "active" && card.swipedCardState === "active";
    if (!headOffice.isUp() || !mayMove || askedAtMs.has(card.memberId)) return;
    const want = lacking(card);
    const ofPool = lackingOfPool(card);
    if (want === 0 && !ofPool) return;
    askedAtMs.set(card.memberId, nowMs);
    // A refusal is what an empty pool or a lost line says: the counter goes on with what it holds.
    if (want > 0) void headOffice.draw({ drawId: random.uuid(), memberId: card.memberId, want });
    if (ofPool) void headOffice.draw({ drawId: random.uuid(), memberId: ofPool.poolId, want: ofPool.want });
  };
}
