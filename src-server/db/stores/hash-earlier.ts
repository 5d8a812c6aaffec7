import { columns, type Query } from "#server/db/query.ts";
import { asSigned } from "#server/db/row-hashes.ts";
import { openDoc } from "#server/db/sealing/sealed-record.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { feedRecords, isFed } from "#shared/contracts/sync/feed.ts";
import type { HashRow } from "#shared/contracts/sync/row-hash.ts";
import type { JsonObject } from "#shared/std/json.ts";

const rowsAtOnce = 1000;

type Unhashed = {
  readonly kind: string;
  readonly id: string;
  readonly ver: number;
  readonly doc: JsonObject;
  readonly sealed: Uint8Array | null;
};

/** Hashes what a version of the program published that knew of no hashes. SQL cannot do it: what names people is sealed. */
export async function hashEarlier(query: Query, seal: Seal, hashRow: HashRow, nowMs: number): Promise<void> {
  const uncounted = `select 1 from stream_head where hash_sum is null limit 1`;
  if ((await query(uncounted)).length === 0) return;
  // Several processes may come to it at once: the first does it, and the others find it done.
  await query(`lock table stream_head in exclusive mode`);
  if ((await query(uncounted)).length === 0) return;
  await hashRecords(query, seal, hashRow);
  await query(`update feed set deleted_at_ms = $1 where deleted and deleted_at_ms is null`, [nowMs]);
  await query(`update feed f set ver = r.ver, hash = r.hash from record r where not f.deleted and (r.kind, r.id) = (f.kind, f.id)`);
  await query(
    `update stream_head h set rows = coalesce(t.rows, 0), hash_sum = coalesce(t.hash_sum, 0)
     from stream_head s left join (select stream, count(*) as rows, sum(hash) as hash_sum from feed where not deleted group by stream) t
       on t.stream = s.stream
     where h.stream = s.stream`,
  );
}

async function hashRecords(query: Query, seal: Seal, hashRow: HashRow): Promise<void> {
  const kinds = Object.keys(feedRecords);
  for (;;) {
    const rows = await query<Unhashed>(
      `select kind, id, ver, doc, sealed from record where hash is null and kind = any ($1) order by kind, id limit $2`,
      [kinds, rowsAtOnce],
    );
    // As a station reads it: what was not told yet when it was written is what it means today.
    const hashed = rows.map(({ kind, id, ver, ...row }) => {
      const doc = openDoc(seal, { kind, id }, row);
      return { kind, id, hash: asSigned(hashRow({ kind, id, ver, doc: isFed(kind) ? feedRecords[kind].parse(doc) : doc })) };
    });
    await query(
      `update record r set hash = t.hash from unnest($1::text[], $2::text[], $3::bigint[]) as t (kind, id, hash)
       where (r.kind, r.id) = (t.kind, t.id)`,
      columns(hashed, "kind", "id", "hash"),
    );
    if (rows.length < rowsAtOnce) return;
  }
}
