import type { FeedMove, FeedRow, FeedStore, HashedFeedRow } from "#server/app/ports/feed-store.ts";
import { columns, type Query } from "#server/db/query.ts";
import { fromSigned } from "#server/db/row-hashes.ts";
import { openDoc } from "#server/db/sealing/sealed-record.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { hashEarlier } from "./hash-earlier.ts";

type Head = { readonly stream: string; readonly gseq: number };
type WholeHead = Head & { readonly minG: number; readonly count: number; readonly sum: string };
type SealedRow = FeedRow & { readonly sealed: Uint8Array | null };
type HashedRow = SealedRow & { readonly hash: string };

/**
 * The contents of rows `f` of the feed, of a page that is cut already. For a plain join PostgreSQL reads every record there is, or of many
 * starts other processes to help, for each page anew; `offset 0` keeps it to the index of each row's own record.
 */
const contents = `left join lateral (
  select doc, sealed from record where kind = f.kind and id = f.id and not f.deleted offset 0) r on true`;

/** Of a row in `feed f`, as `leafOf` says it. */
const leaf = `(select get_byte(d, 0) * 256 + get_byte(d, 1) from sha256(convert_to(f.kind || '/' || f.id, 'UTF8')) as d)`;

export function makeFeedStore(query: Query, seal: Seal): FeedStore {
  const opened = <Row extends SealedRow>({ sealed, doc, ...row }: Row) => ({ ...row, doc: doc && openDoc(seal, row, { doc, sealed }) });
  const hashed = (row: HashedRow): HashedFeedRow => ({ ...opened(row), hash: fromSigned(row.hash) });
  return {
    async advance(moves, nowMs) {
      if (moves.length === 0) return [];
      const names = [...new Set(moves.map(({ stream }) => stream))];
      await query(
        `insert into stream_head (stream, gseq, hash_sum) select s, 0, 0 from unnest($1::text[]) s order by s on conflict do nothing`,
        [names],
      );
      const locked = await query<Head>(`select stream, gseq from stream_head where stream = any ($1) order by stream for update`, [names]);
      const heads = new Map(locked.map(({ stream, gseq }) => [stream, gseq]));
      const numbered = moves.map((move): FeedMove & { gseq: number } => {
        const gseq = (heads.get(move.stream) ?? 0) + 1;
        heads.set(move.stream, gseq);
        return { ...move, gseq };
      });
      // In one statement: what stood in the places of these rows is seen as it was before them.
      await query(
        `with move as (
           select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::boolean[])
             as t (stream, kind, id, gseq, ver, deleted)),
         before as (
           select f.stream, count(*) as rows, coalesce(sum(f.hash), 0) as hash_sum
           from move m join feed f on (f.stream, f.kind, f.id) = (m.stream, m.kind, m.id) where not f.deleted group by f.stream),
         put as (
           insert into feed (stream, kind, id, gseq, ver, deleted, hash, deleted_at_ms)
           select m.stream, m.kind, m.id, m.gseq, m.ver, m.deleted, r.hash, case when m.deleted then $7::bigint end
           from move m left join lateral (
             select hash from record where kind = m.kind and id = m.id and not m.deleted offset 0) r on true
           on conflict (stream, kind, id) do update set gseq = excluded.gseq, ver = excluded.ver, deleted = excluded.deleted,
             hash = excluded.hash, deleted_at_ms = excluded.deleted_at_ms
           returning stream, gseq, deleted, hash),
         after as (
           select stream, max(gseq) as gseq, count(*) filter (where not deleted) as rows, coalesce(sum(hash), 0) as hash_sum
           from put group by stream)
         update stream_head h set gseq = a.gseq, rows = h.rows + a.rows - coalesce(b.rows, 0),
           hash_sum = h.hash_sum + a.hash_sum - coalesce(b.hash_sum, 0)
         from after a left join before b on b.stream = a.stream where h.stream = a.stream`,
        [...columns(numbered, "stream", "kind", "id", "gseq", "ver", "deleted"), nowMs],
      );
      return numbered.map(({ gseq }) => gseq);
    },
    async heads(streams) {
      const rows = await query<WholeHead>(
        `select stream, gseq, min_g as "minG", rows as count, coalesce(hash_sum, 0) as sum from stream_head where stream = any ($1)`,
        [streams],
      );
      return new Map(rows.map(({ stream, gseq, minG, count, sum }) => [stream, { gseq, minG, rows: { count, sum: fromSigned(sum) } }]));
    },
    async rows(stream, after, upTo, limit) {
      const rows = await query<SealedRow>(
        `select f.kind, f.id, f.gseq, f.ver, f.deleted, r.doc, r.sealed
         from (select * from feed where stream = $1 and gseq > $2 and gseq <= $3 order by gseq limit $4) f ${contents} order by f.gseq`,
        [stream, after, upTo, limit],
      );
      return rows.map(opened);
    },
    async carried(stream, kind, ids) {
      const rows = await query<{ id: string }>(`select id from feed where stream = $1 and kind = $2 and id = any ($3) and not deleted`, [
        stream,
        kind,
        ids,
      ]);
      return new Set(rows.map(({ id }) => id));
    },
    async inKeyOrder(stream, after, limit) {
      const rows = await query<HashedRow>(
        `select f.kind, f.id, f.gseq, f.ver, f.deleted, f.hash::text as hash, r.doc, r.sealed
         from (select * from feed where stream = $1 and not deleted and (kind, id) > ($2, $3) order by kind, id limit $4) f ${contents}
         order by f.kind, f.id`,
        [stream, after?.kind ?? "", after?.id ?? "", limit],
      );
      return rows.map(hashed);
    },
    async leafSums(stream) {
      const sums = await query<{ leaf: number; sum: string }>(
        `select leaf, sum(hash) as sum from (select ${leaf} as leaf, f.hash from feed f where f.stream = $1 and not f.deleted) t group by leaf`,
        [stream],
      );
      return new Map(sums.map(({ leaf: number, sum }) => [number, fromSigned(sum)]));
    },
    async rowsIn(stream, leaves) {
      const rows = await query<HashedRow>(
        `select f.kind, f.id, f.gseq, f.ver, f.deleted, f.hash::text as hash, r.doc, r.sealed
         from (select * from feed f where stream = $1 and not deleted and ${leaf} = any ($2)) f ${contents} order by f.gseq`,
        [stream, leaves],
      );
      return rows.map(hashed);
    },
    async clearDeletions(beforeMs) {
      const [due] = await query(`select 1 from feed where deleted_at_ms < $1 limit 1`, [beforeMs]);
      if (!due) return 0;
      // The heads first and by name, as whoever publishes takes them, so that neither waits for the other.
      const [cleared] = await query<{ n: number }>(
        `with head as (select stream from stream_head order by stream for update),
         gone as (
           delete from feed f using head h where f.stream = h.stream and f.deleted_at_ms < $1 returning f.stream, f.gseq),
         reached as (select stream, max(gseq) as gseq, count(*) as n from gone group by stream),
         moved as (
           update stream_head s set min_g = greatest(s.min_g, r.gseq) from reached r where s.stream = r.stream returning r.n)
         select coalesce(sum(n), 0)::bigint as n from moved`,
        [beforeMs],
      );
      return cleared?.n ?? 0;
    },
    hashEarlier: (hashRow, nowMs) => hashEarlier(query, seal, hashRow, nowMs),
  };
}
