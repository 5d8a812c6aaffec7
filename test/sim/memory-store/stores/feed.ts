import type { FeedStore } from "#server/app/ports/feed-store.ts";
import type { Tables } from "../tables.ts";
import { byText, foundOnce, refuseTwice } from "../values.ts";

export function makeFeedStore({ feed, streamHeads, records }: Tables): FeedStore {
  return {
    async advance(moves) {
      refuseTwice(moves.map(({ stream, kind, id }) => `${stream} ${kind} ${id}`));
      return moves.map((move) => {
        const gseq = (streamHeads.get(move.stream)?.gseq ?? 0) + 1;
        streamHeads.put({ stream: move.stream, gseq });
        feed.put({ ...move, gseq });
        return gseq;
      });
    },
    async heads(streams) {
      return new Map(foundOnce(streams, (stream) => streamHeads.get(stream)).map(({ stream, gseq }) => [stream, gseq]));
    },
    async carried(stream, kind, ids) {
      return new Set(ids.filter((id) => feed.get(`${stream} ${kind} ${id}`)?.deleted === false));
    },
    async count(stream) {
      return feed.all().filter((row) => row.stream === stream && !row.deleted).length;
    },
    async inKeyOrder(stream, after, limit) {
      const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;
      return feed
        .all()
        .filter((row) => row.stream === stream && !row.deleted && (!after || keyOf(row) > keyOf(after)))
        .toSorted((a, b) => byText(keyOf(a), keyOf(b)))
        .slice(0, limit)
        .map(({ kind, id, gseq, ver, deleted }) => ({ kind, id, gseq, ver, deleted, doc: records.get(`${kind}/${id}`)?.doc ?? null }));
    },
    async rows(stream, after, upTo, limit) {
      const rows = [];
      // Numbers are dense but for things that have moved on, so the next one is not far.
      for (let gseq = after + 1; gseq <= upTo && rows.length < limit; gseq++) {
        const place = feed.find("feed_in_order", `${stream} ${gseq}`);
        if (!place) continue;
        const { kind, id, ver, deleted } = place;
        rows.push({ kind, id, gseq, ver, deleted, doc: deleted ? null : (records.get(`${kind}/${id}`)?.doc ?? null) });
      }
      return rows;
    },
  };
}
