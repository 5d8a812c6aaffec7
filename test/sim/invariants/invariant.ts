import type { Account } from "#server/app/ports/ledger-store.ts";
import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import { causeOf, type ProposalRecord } from "#shared/domain/earning/proposal.ts";
import { currentMember, namesOf, tiesOf, type AliasRecord } from "#shared/domain/members/alias.ts";
import type { World } from "../world/world.ts";

/** What has been seen so far, to tell that nothing goes back. */
export type Witness = {
  readonly verdicts: Map<string, string>;
  readonly hashes: Map<string, string>;
  readonly acknowledged: Map<string, number>;
  readonly cursors: Map<string, Readonly<Record<string, number>>>;
};
export const newWitness = (): Witness => ({ verdicts: new Map(), hashes: new Map(), acknowledged: new Map(), cursors: new Map() });

/** One moment of the world, with what head office has in it. */
export type Moment = {
  readonly world: World;
  readonly witness: Witness;
  readonly inbox: readonly JudgedOperation[];
  readonly lives: readonly Incarnation[];
  readonly accounts: readonly Account[];
  /** What head office by itself gave to each member, or took, for goods that came back and otherwise; only of whom it did. */
  readonly changedByItself: ReadonlyMap<string, number>;
  /** Under what other names members are in the books; only of whom they are. */
  readonly aliases: ReadonlyMap<string, AliasRecord>;
};

export type Invariant = {
  /** By which a report names it. */
  readonly id: string;
  /** The sentence that holds. */
  readonly says: string;
  /** @throws with what was found instead */
  readonly check: (moment: Moment) => void | Promise<void>;
};

export class Violation extends Error {
  override readonly name = "Violation";
  readonly invariant: string;

  constructor({ id, says }: Pick<Invariant, "id" | "says">, cause: unknown) {
    super(`${id}: ${says}\n${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.invariant = id;
  }
}

export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** All names of each person, the one that stands first. */
export const peopleOf = (memberIds: readonly string[], aliases: Moment["aliases"]): readonly (readonly string[])[] => {
  const aliasOf = (memberId: string): AliasRecord | undefined => aliases.get(memberId);
  return memberIds.flatMap((memberId) => (currentMember(memberId, aliasOf) === memberId ? [namesOf(memberId, aliasOf)] : []));
};

/** Whoever is, or once was, one person: of what they spent in that time, each other's lots paid. */
export function circlesOf(memberIds: readonly string[], aliases: Moment["aliases"]): readonly (readonly string[])[] {
  const circles = new Map<string, Set<string>>();
  for (const memberId of memberIds) {
    const alias = aliases.get(memberId);
    const met = [memberId, ...(alias ? tiesOf(alias) : [])].flatMap((id) => circles.get(id) ?? []);
    const circle = new Set([memberId, ...met.flatMap((each) => [...each])]);
    for (const each of circle) circles.set(each, circle);
  }
  return [...new Set(circles.values())].map((circle) => [...circle]);
}

export async function lookAt(world: World, witness: Witness): Promise<Moment> {
  const { books, memberIds, model } = world;
  const { lots, accounts } = await books.unspent(memberIds);
  model.learn(lots, await books.givenBack());
  const [inbox, lives] = [await books.inbox(), await books.lives()];
  const changedByItself = new Map(await books.changedByItself(inbox));
  for (const { memberId, points } of await givenByHeadOffice(world))
    changedByItself.set(memberId, (changedByItself.get(memberId) ?? 0) + points);
  const aliases = await books.aliases();
  return { world, witness, inbox, lives, accounts, changedByItself, aliases };
}

/** Approved proposals that no counter made. What a newer rule gives beyond an award goes when the award goes. */
async function givenByHeadOffice({ books, model }: World): Promise<readonly ProposalRecord[]> {
  const approved = (await books.proposals()).filter(({ state }) => state === "approved");
  return approved.filter((proposal) =>
    proposal.differenceOf === undefined ? !model.proposals.has(proposal.proposalId) : !model.isVoided(causeOf(proposal)),
  );
}

/** @returns how many were checked. @throws Violation */
export async function checkAll(invariants: readonly Invariant[], moment: Moment): Promise<number> {
  for (const invariant of invariants) {
    try {
      await invariant.check(moment);
    } catch (cause) {
      throw new Violation(invariant, cause);
    }
  }
  return invariants.length;
}
