import type { BooksState, RecoveryStore } from "#server/app/ports/recovery-store.ts";
import type { Query } from "#server/db/query.ts";

export function makeRecoveryStore(query: Query): RecoveryStore {
  return {
    async state() {
      const [state] = await query<BooksState>(`select epoch, recovering_since_ms as "recoveringSinceMs" from server`);
      if (!state) throw new Error("head office has no identity");
      return state;
    },
    async begin({ epoch: known }, epoch, atMs) {
      const begun = await query(`update server set epoch = $2, recovering_since_ms = $3 where epoch = $1 returning 1`, [
        known,
        epoch,
        atMs,
      ]);
      if (begun.length > 0) await query(`delete from session`);
      return begun.length > 0;
    },
    async end() {
      await query(`update server set recovering_since_ms = null`);
    },
    async hasPresented(replica, epoch) {
      const rows = await query(`select 1 from replica where replica = $1 and presented_epoch = $2`, [replica, epoch]);
      return rows.length > 0;
    },
    async presented(replica, epoch) {
      await query(`update replica set presented_epoch = $2 where replica = $1`, [replica, epoch]);
    },
    async awaited(epoch) {
      // One whose every life has ended was taken for dead by a person; one without a life may have begun it in what was lost.
      const rows = await query<{ replica: number }>(
        `select replica from replica r where state = 'active' and presented_epoch is distinct from $1
           and (not exists (select from replica_inc i where i.replica = r.replica)
             or exists (select from replica_inc i where i.replica = r.replica and i.state in ('active', 'suspended')))
         order by replica`,
        [epoch],
      );
      return rows.map(({ replica }) => replica);
    },
  };
}
