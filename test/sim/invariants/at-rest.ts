import { deepStrictEqual } from "node:assert/strict";
import type { BalanceRecord } from "#shared/contracts/sync/feed.ts";
import { streams } from "#shared/contracts/sync/feed.ts";
import { hasLapsed, sumPoints } from "#shared/domain/ledger/lots.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { currentMember } from "#shared/domain/members/alias.ts";
import { heldAt } from "../world/held.ts";
import { erasure } from "./erasure.ts";
import { expiry } from "./expiry.ts";
import { cardsInHand } from "./cards.ts";
import { budgets } from "./budgets.ts";
import { fencing } from "./fencing.ts";
import { keptPurchases } from "./kept-purchases.ts";
import { circlesOf, must, type Invariant } from "./invariant.ts";
import { undoing } from "./undoing.ts";

/** What holds when everybody has heard everything. */
export const atRest: readonly Invariant[] = [
  {
    id: "I1",
    says: "Every operation that a counter said yes to is at head office once, each life's in its order, and the station knows what became of it.",
    check({ world: { stations, model }, inbox }) {
      for (const station of stations) {
        const theirs = inbox.filter(({ replica }) => replica === station.replica);
        const log = station.log();
        must(log.length === theirs.length, `${station.name} has ${log.length} operations, and head office ${theirs.length} of it`);
        for (const life of Map.groupBy(theirs, ({ incarnation }) => incarnation).values()) {
          const verdicts = new Map(life.map(({ opId, verdict }) => [opId, verdict]));
          const here = log.filter(({ opId }) => verdicts.has(opId)).map(({ opId, state }) => [opId, state]);
          deepStrictEqual([...verdicts], here, `head office has another log of ${station.name}`);
        }
      }
      const received = new Set(inbox.map(({ opId }) => opId));
      const missing = [...model.acknowledged].filter((opId) => !received.has(opId));
      deepStrictEqual(missing, []);
    },
  },
  {
    id: "I10-parked",
    says: "Nothing waits at head office for what is never to come.",
    check({ inbox }) {
      const parked = inbox.filter(({ verdict }) => verdict === "parked").map(({ type, opId, code }) => `${type} ${opId} ${code}`);
      deepStrictEqual(parked, []);
    },
  },
  {
    id: "I2",
    says: "Head office's books hold: every operation sums to zero, every account is the sum of its entries, every chain holds.",
    async check({ world }) {
      deepStrictEqual(await world.admin().verify(), { ok: true, damaged: [] });
    },
  },
  {
    id: "I4",
    says: "What the counters earned and spent adds up to what head office says, member by member.",
    async check({ world: { books, model, memberIds }, changedByItself, aliases }) {
      const figures = await books.balances();
      const fromCounters = model.balances(await books.approved());
      // Of a purchase that was refunded and undone, head office takes the rest of what the counter says.
      const undone = [...(await books.refunds())].filter(([awardId]) => model.lot(awardId).voided > 0);
      const twice = undone.map(([, { memberId, reversedPoints: points }]) => ({ memberId, points }));
      for (const names of circlesOf(memberIds, aliases)) {
        const current = new Set(names.map((name) => currentMember(name, (id) => aliases.get(id))));
        const balance = [...current].reduce((sum, name) => sum + (figures.get(name)?.balance ?? 0), 0);
        const more = sumPoints(twice.filter((each) => names.includes(each.memberId)));
        const moved = names.map((name) => (fromCounters.get(name) ?? 0) + (changedByItself.get(name) ?? 0));
        const expected = moved.reduce((sum, points) => sum + points, more);
        must(balance === expected, `${names.join(", ")} have ${expected} by what counters did, and head office says ${balance}`);
      }
    },
  },
  {
    id: "I5-settled",
    says: "A station holds exactly the rights that head office's books say.",
    check({ world: { stations, memberIds }, accounts }) {
      for (const station of stations) {
        const holder = `RIGHT:${station.incarnation}`;
        const theirs = accounts.filter((account) => account.holder === holder && account.amount > 0);
        const here = heldAt(station, memberIds).map(({ lotId, points }) => [lotId, points] as const);
        deepStrictEqual(new Map(here), new Map(theirs.map(({ lotId, amount }) => [lotId, amount])), station.name);
      }
    },
  },
  {
    id: "I8",
    says: "The rows of a branch are those of head office, no more and no less, and nothing is added on top of them.",
    async check({ world: { books, stations }, aliases }) {
      const directory = await books.directory();
      const figures = await books.balances();
      for (const station of stations) {
        const { name, branchId, replica } = station;
        const sums = await books.sums([streams.me(replica), streams.config, streams.directory, streams.profile(branchId)]);
        for (const [stream, rows] of sums)
          deepStrictEqual(
            station.store().exchange((tx) => tx.sumOf(stream)),
            rows,
            `sum of ${stream.split("/")[0]} at ${name}`,
          );
        const members = await books.rowsFor(branchId, "member");
        const cards = await books.rowsFor(branchId, "card");
        const reviews = await books.rowsFor(branchId, "review");
        const proposals = await books.rowsFor(branchId, "proposal");
        station.store().read((view) => {
          for (const [memberId, row] of Object.entries(directory))
            if (currentMember(memberId, (id) => aliases.get(id)) === memberId)
              deepStrictEqual(view.directory.find(memberId), row, `directory at ${name}`);
          const membersHere = Object.fromEntries(view.members.all().map((row) => [row.memberId, row]));
          deepStrictEqual(membersHere, members, `members at ${name}`);
          const cardsHere = view.members.all().flatMap(({ memberId }) => view.cards.ofMember(memberId));
          deepStrictEqual(Object.fromEntries(cardsHere.map((row) => [row.cardNumber, row])), cards, `cards at ${name}`);
          const reviewsHere = Object.fromEntries(view.reviews.all().map((row) => [row.reviewId, row]));
          deepStrictEqual(reviewsHere, reviews, `reviews at ${name}`);
          // Of what was decided long ago, a branch that comes to know the member later hears nothing.
          const proposalsHere = view.proposals.all();
          const shown = new Set(proposalsHere.map(({ proposalId }) => proposalId));
          const toShow = Object.entries(proposals).filter(([id, { state }]) => state === "open" || shown.has(id));
          deepStrictEqual(
            Object.fromEntries(proposalsHere.map((row) => [row.proposalId, row])),
            Object.fromEntries(toShow),
            `proposals at ${name}`,
          );
          for (const memberId of Object.keys(members)) {
            deepStrictEqual(view.balances.find(memberId)?.record, figures.get(memberId), `figures at ${name}`);
            deepStrictEqual(view.balances.notExchanged(memberId), [], `${name} adds something on top`);
          }
        });
      }
    },
  },
  {
    id: "I16",
    says: "Nobody is told a balance that head office does not have.",
    async check({ world: { books, stations, timeline }, aliases }) {
      const figures = await books.balances();
      const today = businessDateOf(timeline.nowMs());
      // What has lapsed is told by nobody, and booked when no branch can have spent it any more.
      const asOf = (figure: BalanceRecord | undefined): number =>
        (figure?.balance ?? 0) - sumPoints(figure?.lots.filter((lot) => hasLapsed(lot, today)) ?? []);
      for (const station of stations)
        for (const { memberId } of station.store().read((view) => view.members.all())) {
          const told = station.counter().balance({ memberId });
          must(
            told.ok && told.value.balance === asOf(figures.get(currentMember(memberId, (id) => aliases.get(id)))),
            `${station.name} tells ${memberId} another balance than head office`,
          );
        }
    },
  },
  ...expiry,
  ...undoing,
  ...budgets,
  ...fencing,
  ...keptPurchases,
  ...erasure,
  ...cardsInHand,
];
