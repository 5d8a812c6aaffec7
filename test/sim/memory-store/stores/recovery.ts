import type { RecoveryStore } from "#server/app/ports/recovery-store.ts";
import type { Tables } from "../tables.ts";

export function makeRecoveryStore({ server, sessions, replicas, lives }: Tables): RecoveryStore {
  const own = () => {
    const [row] = server.all();
    if (!row) throw new Error("head office has no identity");
    return row;
  };
  return {
    async state() {
      const { epoch, recoveringSinceMs } = own();
      return { epoch, recoveringSinceMs };
    },
    async begin({ epoch: known }, epoch, atMs) {
      if (own().epoch !== known) return false;
      server.put({ ...own(), epoch, recoveringSinceMs: atMs });
      for (const { tokenHash } of sessions.all()) sessions.remove(tokenHash);
      return true;
    },
    async end() {
      server.put({ ...own(), recoveringSinceMs: null });
    },
    async hasPresented(replica, epoch) {
      return replicas.get(`${replica}`)?.presentedEpoch === epoch;
    },
    async presented(replica, epoch) {
      const station = replicas.get(`${replica}`);
      if (station) replicas.put({ ...station, presentedEpoch: epoch });
    },
    async awaited(epoch) {
      const mayLive = (replica: number): boolean => {
        const known = lives.where("byReplica", `${replica}`);
        return known.length === 0 || known.some(({ state }) => state === "active" || state === "suspended");
      };
      return replicas
        .all()
        .filter((station) => station.state === "active" && station.presentedEpoch !== epoch && mayLive(station.replica))
        .map(({ replica }) => replica)
        .toSorted((a, b) => a - b);
    },
  };
}
