import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import { sha256 } from "#server/app/sha256.ts";
import { ofItsOwnAccord, type AboutPerson, type Inbox, type JudgedOperation } from "#server/app/ports/inbox.ts";
import { headOfficeReplica } from "#shared/domain/operations/operation.ts";
import { staffPinWrong } from "#shared/domain/staff/ops.ts";
import type { Tables } from "../tables.ts";
import { byText, foundOnce } from "../values.ts";

const bySeq = (a: JudgedOperation, b: JudgedOperation): number => a.seq - b.seq;

export function makeInbox({ inbox, opIds, waits, replicas, records }: Tables): Inbox {
  const ownOf = (incarnation: string): readonly JudgedOperation[] => inbox.where("byLife", `${headOfficeReplica}/${incarnation}`);
  const personalAbout = ({ memberId, named }: AboutPerson): readonly JudgedOperation[] =>
    inbox.all().filter(({ personal, entity, body }) => {
      const isAbout =
        (entity?.kind === "member" && entity.id === memberId) || [memberId, ...named].some((id) => Buffer.from(body).includes(id));
      return personal !== undefined && isAbout;
    });
  return {
    async insert(operations) {
      for (const operation of operations) inbox.insert(operation);
      for (const { opId, replica, incarnation, seq, verdict, code } of operations) {
        // What was heard before keeps its first place.
        if (verdict !== "duplicate" && code !== "OP_ID_REUSED") opIds.insert({ opId, replica, incarnation, seq });
      }
    },
    async find(wanted) {
      const places = foundOnce(wanted, (opId) => opIds.get(opId));
      return places.flatMap(({ replica, incarnation, seq }) => inbox.get(`${replica}/${incarnation}/${seq}`) ?? []);
    },
    async numbered(slips) {
      const numbers = slips.map(({ replica, seq }) => `${replica}/${seq}`);
      return foundOnce(numbers, (number) => inbox.where("byNumber", number)).flat();
    },
    async range(replica, incarnation, fromSeq, toSeq) {
      const found: JudgedOperation[] = [];
      for (let seq = fromSeq; seq <= toSeq; seq++) {
        const operation = inbox.get(`${replica}/${incarnation}/${seq}`);
        if (operation) found.push(operation);
      }
      return found;
    },
    async wrongPinsInADay(staffId, afterMs) {
      const tries = inbox
        .all()
        .filter(({ type, entity }) => type === staffPinWrong.type && entity?.id === staffId)
        .filter(({ receivedAtMs, verdict }) => receivedAtMs > afterMs && (verdict === "applied" || verdict === "flagged"));
      const days = Map.groupBy(tries, ({ eventDate }) => eventDate);
      return Math.max(0, ...Array.from(days.values(), ({ length }) => length));
    },
    async waits(incarnation) {
      return waits.where("byIncarnation", incarnation).map(({ subject, opId }) => ({ subject, opId }));
    },
    async addWaits(incarnation, added) {
      for (const wait of added) if (!waits.get(`${incarnation}/${wait.subject}`)) waits.insert({ incarnation, ...wait });
    },
    async clearWaits(incarnation) {
      for (const { subject } of waits.where("byIncarnation", incarnation)) waits.remove(`${incarnation}/${subject}`);
    },
    async unresolved({ replica, incarnation }) {
      const ofLife = inbox.where("byLife", `${replica}/${incarnation}`);
      return ofLife.filter(({ verdict }) => verdict === "parked" || verdict === "quarantined").toSorted(bySeq);
    },
    async judgedAgain(operations) {
      for (const operation of operations) inbox.put(operation);
    },
    async parkedFor() {
      const parked = inbox.where("parked", "parked").flatMap(({ replica, incarnation, waitsFor = "" }) => {
        return waitsFor.startsWith("operation:") ? [] : [{ replica, incarnation, waitsFor }];
      });
      const once = new Map(parked.map((each) => [`${each.replica}/${each.incarnation}/${each.waitsFor}`, each]));
      return [...once.values()].toSorted(
        (a, b) => a.replica - b.replica || byText(a.incarnation, b.incarnation) || byText(a.waitsFor, b.waitsFor),
      );
    },
    async authorBranches(wanted) {
      const places = foundOnce(wanted, (opId) => opIds.get(opId));
      return new Map(
        places.flatMap(({ opId, replica }) => {
          const station = replicas.get(`${replica}`);
          return station ? [[opId, station.branchId] as const] : [];
        }),
      );
    },
    async ownOfTypes(incarnation, types) {
      return ownOf(incarnation)
        .filter(({ type }) => types.includes(type))
        .toSorted(bySeq);
    },
    async ownOfPeople(incarnation, belowSeq, limit) {
      return ownOf(incarnation)
        .filter(({ seq, type }) => (belowSeq === null || seq < belowSeq) && !ofItsOwnAccord.includes(type))
        .toSorted((a, b) => bySeq(b, a))
        .slice(0, limit);
    },
    async countPersonal(about) {
      return personalAbout(about).length;
    },
    async forget(about) {
      const found = personalAbout(about);
      for (const { personal = new Uint8Array(), ...op } of found)
        inbox.put({ ...op, personal: undefined, personalDigest: sha256(personal) });
      return found.length;
    },
    async inQueue(wanted, branchId, limit) {
      const isSeen = ({ incarnation, seq }: JudgedOperation): boolean =>
        (records.get(`verdict/${incarnation}/${seq}`)?.doc["decidedBy"] ?? headOfficeItself) !== headOfficeItself;
      return inbox
        .all()
        .filter((op) => op.verdict === wanted && !(wanted === "flagged" && isSeen(op)))
        .filter(({ replica }) => branchId === null || replicas.get(`${replica}`)?.branchId === branchId)
        .filter(({ replica }) => replicas.get(`${replica}`) !== undefined)
        .toSorted((a, b) => b.receivedAtMs - a.receivedAtMs || a.replica - b.replica || bySeq(a, b))
        .slice(0, limit);
    },
    async count() {
      return inbox.all().filter(({ replica }) => replica !== headOfficeReplica).length;
    },
  };
}
