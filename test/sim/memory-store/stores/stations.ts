import { depositsMax, type Incarnation, type StationOverview, type StationStore } from "#server/app/ports/station-store.ts";
import type { Life, Replica, Tables } from "../tables.ts";
import { byText, nextNumber } from "../values.ts";

const withoutRegistration = ({ registeredAtMs: _registered, headSeq: _seq, headAtMs: _at, ...life }: Life): Incarnation => life;

const goesOn = ({ state }: Life): number => (state === "superseded" ? 0 : 1);

export function makeStationStore({ replicas, lives, deposits, inbox, records }: Tables): StationStore {
  const newestFirst = (replica: number) =>
    deposits.where("byReplica", `${replica}`).toSorted((a, b) => b.depositedAtMs - a.depositedAtMs || byText(a.keyId, b.keyId));

  function stateOf({ state }: Replica, newest: Life | undefined): StationOverview["state"] {
    if (state !== "active") return state;
    if (!newest) return "enrolled";
    return newest.state === "active" && newest.claimState === "differs" ? "rights_differ" : newest.state;
  }

  return {
    async add({ branchId, publicKey, app }) {
      const replica = nextNumber(replicas.all().map((station) => station.replica));
      replicas.insert({
        replica,
        branchId,
        publicKey,
        app,
        state: "active",
        lastContactMs: null,
        clockAheadMs: null,
        presentedEpoch: null,
      });
      return replica;
    },
    async find(replica) {
      const station = replicas.get(`${replica}`);
      if (!station) return undefined;
      const { branchId, publicKey, state, clockAheadMs } = station;
      return { replica, branchId, publicKey, state, clockAheadMs };
    },
    async heard(replica, atMs, told) {
      const station = replicas.get(`${replica}`);
      if (station) replicas.put({ ...station, ...told, lastContactMs: atMs });
    },
    async saidHead({ replica, incarnation }, headSeq, atMs) {
      const life = lives.get(`${replica}/${incarnation}`);
      if (life) lives.put({ ...life, headSeq, headAtMs: atMs });
    },
    async lock(replica, incarnation) {
      const life = lives.get(`${replica}/${incarnation}`);
      return life && withoutRegistration(life);
    },
    async lives(replica) {
      return lives
        .where("byReplica", `${replica}`)
        .toSorted((a, b) => a.registeredAtMs - b.registeredAtMs || byText(a.incarnation, b.incarnation))
        .map(withoutRegistration);
    },
    async register(incarnation, atMs) {
      for (const life of lives.where("byReplica", `${incarnation.replica}`)) {
        if (incarnation.state === "active" && life.state === "active") lives.put({ ...life, state: "superseded" });
      }
      lives.insert({ ...incarnation, registeredAtMs: atMs, headSeq: 0, headAtMs: 0 });
    },
    async save(incarnation) {
      const life = lives.get(`${incarnation.replica}/${incarnation.incarnation}`);
      // Where a life began is written once.
      if (life) lives.put({ ...life, ...incarnation, forkedFrom: life.forkedFrom });
    },
    async placed({ branchIds, incarnations }) {
      return lives.all().flatMap(({ replica, incarnation, state, claimState }) => {
        const station = replicas.get(`${replica}`);
        if (!station || !(branchIds.includes(station.branchId) || incarnations.includes(incarnation))) return [];
        const { branchId, lastContactMs } = station;
        const placedState = station.state === "active" ? state : "fenced";
        return [{ replica, incarnation, state: placedState, claimState, branchId, lastContactMs: lastContactMs ?? 0 }];
      });
    },
    async deposit(replica, deposit) {
      deposits.put({ replica, ...deposit });
      for (const { keyId } of newestFirst(replica).slice(depositsMax)) deposits.remove(`${replica}/${keyId}`);
    },
    async deposits(replica) {
      return newestFirst(replica).map(({ keyId, sealed, depositedAtMs }) => ({ keyId, sealed, depositedAtMs }));
    },
    async overview() {
      return replicas
        .all()
        .toSorted((a, b) => a.replica - b.replica)
        .map((station) => {
          const { replica, branchId, app, lastContactMs, clockAheadMs } = station;
          const [newest] = lives
            .where("byReplica", `${replica}`)
            .toSorted((a, b) => goesOn(b) - goesOn(a) || b.registeredAtMs - a.registeredAtMs || byText(a.state, b.state));
          const attention = inbox.where("attention", `${replica}`);
          return {
            replica,
            branchId,
            app,
            lastContactMs,
            clockAheadMs,
            ackSeq: newest?.ackSeq ?? 0,
            quarantined: attention.filter(({ verdict }) => verdict === "quarantined").length,
            flagged: attention.filter(({ verdict }) => verdict === "flagged").length,
            impossible: attention.filter(
              ({ code, incarnation, seq }) => code === "NEVER_PERMITTED" && !records.get(`verdict/${incarnation}/${seq}`),
            ).length,
            state: stateOf(station, newest),
          };
        });
    },
  };
}
