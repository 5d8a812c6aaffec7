import { deepStrictEqual } from "node:assert/strict";
import { hlcMs } from "#shared/domain/operations/hlc.ts";
import { namesOf, type AliasRecord } from "#shared/domain/members/alias.ts";
import type { MemberFacts } from "#shared/domain/members/member.ts";
import type { MemberPatchPersonal } from "#shared/domain/members/ops.ts";
import { reviewDecide } from "#shared/domain/members/review-ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { whatIsThere, type JsonObject } from "#shared/std/json.ts";
import { sumPoints } from "#shared/domain/ledger/lots.ts";
import { heldAt } from "../world/held.ts";
import { must, type Invariant } from "./invariant.ts";

const clockLeadMaxMs = 5 * 60 * 1000;

/** Of a member, whether it was entered or chosen from two; nothing of whoever was forgotten. */
function saidOf(op: Operation): MemberFacts {
  if (op.personal === undefined) return {};
  const chosen = dataOf(op, reviewDecide);
  if (chosen) return chosen.decision === "accept" ? (op.personal as { readonly accepted: MemberFacts }).accepted : {};
  return op.type === "member.patch" ? (op.personal as MemberPatchPersonal).after : {};
}

const withoutKeys = (facts: MemberFacts, said: JsonObject): MemberFacts =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => !Object.hasOwn(said, key)));

/** Only beside what another counter wrote: that both took the same goods back, and that the other one's main card was issued earlier. */
const flaggedLater: ReadonlySet<string> = new Set(["flagged REFUNDED_TWICE", "flagged SECOND_MAIN_CARD"]);

/** What holds at every moment, whoever is cut off and whatever is on its way. */
export const always: readonly Invariant[] = [
  {
    id: "no-surprise",
    says: "Neither a station nor head office meets what nobody foresaw.",
    check({ world: { host, stations } }) {
      deepStrictEqual(host.incidents, []);
      for (const { name, bugs } of stations) deepStrictEqual(bugs, [], name);
    },
  },
  {
    id: "I3",
    says: "No account is below zero but ISSUED.",
    check({ accounts }) {
      const below = accounts.filter(({ holder, amount }) => holder !== "ISSUED" && amount < 0);
      deepStrictEqual(below, []);
    },
  },
  {
    id: "I5",
    says: "Of each lot, no more is spent, held, taken back and still spendable anywhere than was ever in it, and given back at a risk.",
    check({ world: { stations, memberIds, model } }) {
      const here = new Map<string, number>();
      for (const station of stations)
        for (const { lotId, points } of heldAt(station, memberIds)) here.set(lotId, (here.get(lotId) ?? 0) + points);
      for (const [lotId, points] of here) {
        const lot = model.lot(lotId);
        must(
          points + lot.spent + lot.held + lot.takenBack <= model.most(lotId),
          `lot ${lotId} of ${lot.points}: ${lot.spent} spent, ${lot.held} held, ${points} spendable`,
        );
      }
    },
  },
  {
    id: "I5-claims",
    says: "Compared at the same point, a station and head office say the same of its rights.",
    check({ lives }) {
      deepStrictEqual(
        lives.filter(({ claimState }) => claimState !== "agrees"),
        [],
      );
    },
  },
  {
    id: "I6",
    says: "What honest people wrote is applied or flagged, now or when what it waits for has come, but for what the program trips over; and what was said of it never changes, but for what is found out by hearing of another.",
    check({ world: { host }, inbox, witness: { verdicts } }) {
      for (const { opId, incarnation, type, verdict, code } of inbox) {
        if (verdict === "parked") continue;
        const whole = `${verdict} ${code ?? ""}`;
        const isTaken = verdict === "applied" || verdict === "flagged" || verdict === "duplicate";
        must(host.poison.has(opId) ? whole === "quarantined APPLY_FAILED" : isTaken, `${type} ${opId} became ${whole}`);
        const place = `${incarnation} ${opId}`;
        const before = verdicts.get(place) ?? whole;
        const isFoundOut = before === "applied " && flaggedLater.has(whole);
        must(before === whole || isFoundOut, `${type} ${opId} was ${before} and is now ${whole}`);
        verdicts.set(place, whole);
      }
    },
  },
  {
    id: "clock-clamp",
    says: "Among edits, nothing stands more than five minutes after the moment at which head office heard of it.",
    check({ inbox }) {
      const ahead = inbox.filter(({ effHlc, receivedAtMs }) => hlcMs(effHlc) > receivedAtMs + clockLeadMaxMs);
      deepStrictEqual(ahead, []);
    },
  },
  {
    id: "I7",
    says: "What is acknowledged of a life never shrinks, and no number of it was ever accepted with two contents.",
    check({ inbox, lives, witness: { acknowledged, hashes } }) {
      for (const { incarnation, ackSeq } of lives) {
        const before = acknowledged.get(incarnation) ?? 0;
        must(ackSeq >= before, `life ${incarnation} went back from ${before} to ${ackSeq}`);
        acknowledged.set(incarnation, ackSeq);
      }
      for (const { incarnation, seq, hash } of inbox) {
        const place = `${incarnation} ${seq}`;
        const now = Buffer.from(hash).toString("hex");
        must((hashes.get(place) ?? now) === now, `${place} has two contents`);
        hashes.set(place, now);
      }
    },
  },
  {
    id: "I9-cursors",
    says: "A station never goes back in a stream, unless it or head office was put back from a copy.",
    check({ world: { stations }, witness: { cursors } }) {
      for (const station of stations) {
        const reading = `${station.name} ${station.putBacks()} in epoch ${station.identity().serverEpoch}`;
        const before = cursors.get(reading) ?? {};
        const now = station.cursors();
        for (const [stream, g] of Object.entries(before))
          must((now[stream] ?? 0) >= g, `${station.name} went back in ${stream} from ${g} to ${now[stream]}`);
        cursors.set(reading, now);
      }
    },
  },
  {
    id: "I9-own",
    says: "Whoever was served at one counter only is told the truth there at any moment, whatever was sent, lost or answered.",
    check({ world: { stations, model, memberIds }, changedByItself, aliases }) {
      const balances = model.balances(new Set());
      const proposed = new Set([...model.proposals.values()].map(({ memberId }) => memberId));
      for (const memberId of memberIds) {
        const replicas = [...(model.movedBy.get(memberId) ?? [])];
        // Of what head office did by itself, a counter hears when it hears.
        if (replicas.length !== 1 || proposed.has(memberId) || changedByItself.has(memberId) || aliases.has(memberId)) continue;
        const station = stations.find(({ replica }) => replica === replicas[0]);
        // Of a counter whose database is an older copy, only head office knows what it did.
        if (station && station.putBacks() > 0) continue;
        const told = station?.counter().explain({ memberId, figure: "balance" });
        if (!station || !told?.ok) continue;
        const isKnownWhole = station.store().read((view) => view.members.find(memberId)) !== undefined;
        const balance = balances.get(memberId);
        // The model forgets no point; what has lapsed stands on lines of its own.
        const points = sumPoints(told.value.lines.filter(({ kind }) => kind !== "lapseWaits"));
        must(!isKnownWhole || points === balance, `${memberId} has ${balance} and is told ${points}`);
      }
    },
  },
  {
    id: "I9-rows",
    says: "What somebody changed or chose of a member at a counter is shown there until head office has heard of it, whatever it tells meanwhile.",
    check({ world: { stations } }) {
      for (const station of stations) {
        const unheard = new Map<string, MemberFacts>();
        for (const op of station.log()) {
          const said = whatIsThere(saidOf(op));
          if (op.memberId === null || Object.keys(said).length === 0) continue;
          const before = unheard.get(op.memberId);
          // What was said later and is heard already stands above what an earlier life said.
          if (op.state === "waiting") unheard.set(op.memberId, { ...before, ...said });
          else if (before) unheard.set(op.memberId, withoutKeys(before, said));
        }
        for (const [memberId, changed] of unheard) {
          const shown = station.store().read((view) => view.members.find(memberId));
          // An older copy may be from before the member's row came: the edit waits for it.
          if (!shown && station.putBacks() > 0) continue;
          deepStrictEqual({ ...shown, ...changed }, shown, `${memberId} at ${station.name}`);
        }
      }
    },
  },
  {
    id: "I14",
    says: "What a counter said yes to was on its disk before it said so: no power cut takes it back.",
    check({ world: { stations, model }, inbox }) {
      const received = new Set(inbox.map(({ opId }) => opId));
      for (const station of stations) {
        const here = new Set(station.log().map(({ opId }) => opId));
        // A database that was put back reads what is missing from head office again.
        const missing = model
          .notedOf(station.replica)
          .filter((opId) => model.acknowledged.has(opId) && !here.has(opId) && !received.has(opId));
        deepStrictEqual(missing, [], station.name);
      }
    },
  },
  {
    id: "I11",
    says: "A branch has whole members only of those who are at home there or were served there.",
    async check({ world: { stations, books, model }, aliases }) {
      const aliasOf = (memberId: string): AliasRecord | undefined => aliases.get(memberId);
      for (const { name, branchId, replica, store } of stations) {
        const ours = await books.rowsFor(branchId, "member");
        const foreign = store()
          .read((view) => view.members.all())
          .filter(({ homeBranch }) => homeBranch !== branchId)
          // Whoever was made two again stays until the branch hears of it, and whoever is one with them by now is there for that.
          .filter(({ memberId }) => !namesOf(memberId, aliasOf).some((one) => aliasOf(one)?.partedFrom.length))
          .flatMap(({ memberId }) => (ours[memberId] || model.movedBy.get(memberId)?.has(replica) ? [] : memberId));
        deepStrictEqual(foreign, [], name);
      }
    },
  },
];
