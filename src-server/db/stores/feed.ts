import type { FeedMove, FeedRow, FeedStore } from "#server/app/ports/feed-store.ts";
import { columns, type Query } from "#server/db/query.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { openDoc } from "#server/db/sealing/sealed-record.ts";

type Head = { readonly stream: string; readonly gseq: number };

type SealedRow = FeedRow & { readonly sealed: Uint8Array | null };

/**
 * The contents of rows `f` of the feed, of a page that is cut already. For a plain join PostgreSQL reads every record there is, or of many
 * starts other processes to help, for each page anew; `offset 0` keeps it to the index of each row's own record.
 */
const contents = `left join lateral (
  select doc, sealed from record where kind = f.kind and id = f.id and not f.deleted offset 0) r on true`;

export function makeFeedStore(query: Query, seal: Seal): FeedStore {
  const opened = ({ sealed, doc, ...row }: SealedRow): FeedRow => ({ ...row, doc: doc && openDoc(seal, row, { doc, sealed }) });
  return {
    async advance(moves) {
      if (moves.length === 0) return [];
      const names = [...new Set(moves.map(({ stream }) => stream))];
      await query(`insert into stream_head (stream, gseq) select s, 0 from unnest($1::text[]) s order by s on conflict do nothing`, [
        names,
      ]);
      const locked = await query<Head>(`select stream, gseq from stream_head where stream = any ($1) order by stream for update`, [names]);
      const heads = new Map(locked.map(({ stream, gseq }) => [stream, gseq]));
      const numbered = moves.map((move): FeedMove & { gseq: number } => {
        const gseq = (heads.get(move.stream) ?? 0) + 1;
        heads.set(move.stream, gseq);
        return { ...move, gseq };
      });
      await query(
        `insert into feed (stream, kind, id, gseq, ver, deleted)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::boolean[])
         on conflict (stream, kind, id) do update set gseq = excluded.gseq, ver = excluded.ver, deleted = excluded.deleted`,
        columns(numbered, "stream", "kind", "id", "gseq", "ver", "deleted"),
      );
      await query(
        `update stream_head h set gseq = t.gseq from unnest($1::text[], $2::bigint[]) as t (stream, gseq) where h.stream = t.stream`,
        columns(
          [...heads].map(([stream, gseq]) => ({ stream, gseq })),
          "stream",
          "gseq",
        ),
      );
      return numbered.map(({ gseq }) => gseq);
    },
    async heads(streams) {
      const rows = await query<Head>(`select stream, gseq from stream_head where stream = any ($1)`, [streams]);
      return new Map(rows.map(({ stream, gseq }) => [stream, gseq]));
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
    async count(stream) {
      const [counted] = await query<{ rows: number }>(`select count(*) as rows from feed where stream = $1 and not deleted`, [stream]);
      return counted?.rows ?? 0;
    },
    async inKeyOrder(stream, after, limit) {
      const rows = await query<SealedRow>(
        `select f.kind, f.id, f.gseq, f.ver, f.deleted, r.doc, r.sealed
         from (select * from feed where stream = $1 and not deleted and (kind, id) > ($2, $3) order by kind, id limit $4) f ${contents}
         order by f.kind, f.id`,
        [stream, after?.kind ?? "", after?.id ?? "", limit],
      );
      return rows.map(opened);
    },
  };
}
