import type { FeedStore, HashedFeedRow, StreamHead } from "#server/app/ports/feed-store.ts";
import { addHashes, leafOf, noRows, type RowHash, type RowSum } from "#shared/contracts/sync/row-hash.ts";
import { sha256 } from "#main/db/sha256.ts";
import type { Tables } from "../tables.ts";
import { byText, foundOnce, refuseTwice } from "../values.ts";

export function makeFeedStore({ feed, streamHeads, records, recordHashes }: Tables): FeedStore {
  type Place = NonNullable<ReturnType<typeof feed.get>>;
  const docOf = ({ kind, id, deleted }: Place) => (deleted ? null : (records.get(`${kind}/${id}`)?.doc ?? null));
  const hashed = (place: Place): HashedFeedRow => {
    const { kind, id, gseq, ver, deleted, hash } = place;
    return { kind, id, gseq, ver, deleted, hash, doc: docOf(place) };
  };
  const standing = (stream: string): readonly Place[] => feed.where("byStream", stream).filter(({ deleted }) => !deleted);
  return {
    async advance(moves, nowMs) {
      refuseTwice(moves.map(({ stream, kind, id }) => `${stream} ${kind} ${id}`));
      return moves.map((move) => {
        const { stream, kind, id, deleted } = move;
        const head = streamHeads.get(stream) ?? { gseq: 0, minG: 0, rows: noRows };
        const place: Place = {
          ...move,
          gseq: head.gseq + 1,
          hash: recordHashes.get(`${kind}/${id}`)?.hash ?? 0n,
          deletedAtMs: deleted ? nowMs : null,
        };
        const rows = withInstead(head.rows, feed.get(`${stream} ${kind} ${id}`), place);
        streamHeads.put({ stream, minG: head.minG, gseq: place.gseq, rows });
        feed.put(place);
        return place.gseq;
      });
    },
    async heads(streams) {
      const heads = foundOnce(streams, (stream) => streamHeads.get(stream));
      return new Map(heads.map(({ stream, ...head }): [string, StreamHead] => [stream, head]));
    },
    async carried(stream, kind, ids) {
      return new Set(ids.filter((id) => feed.get(`${stream} ${kind} ${id}`)?.deleted === false));
    },
    async inKeyOrder(stream, after, limit) {
      const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;
      return standing(stream)
        .filter((row) => !after || keyOf(row) > keyOf(after))
        .toSorted((a, b) => byText(keyOf(a), keyOf(b)))
        .slice(0, limit)
        .map(hashed);
    },
    async rows(stream, after, upTo, limit) {
      const rows = [];
      // Numbers are dense but for things that have moved on, so the next one is not far.
      for (let gseq = after + 1; gseq <= upTo && rows.length < limit; gseq++) {
        const place = feed.find("feed_in_order", `${stream} ${gseq}`);
        if (!place) continue;
        const { kind, id, ver, deleted } = place;
        rows.push({ kind, id, gseq, ver, deleted, doc: docOf(place) });
      }
      return rows;
    },
    async leafSums(stream) {
      const sums = new Map<number, RowHash>();
      for (const place of standing(stream)) {
        const leaf = leafOf(sha256, place);
        sums.set(leaf, addHashes(sums.get(leaf) ?? 0n, place.hash));
      }
      return sums;
    },
    async rowsIn(stream, leaves) {
      const within = standing(stream).filter((place) => leaves.includes(leafOf(sha256, place)));
      return within.toSorted((a, b) => a.gseq - b.gseq).map(hashed);
    },
    async clearDeletions(beforeMs) {
      const old = feed.all().filter(({ deletedAtMs }) => deletedAtMs !== null && deletedAtMs < beforeMs);
      for (const { stream, kind, id, gseq } of old.toSorted((a, b) => byText(a.stream, b.stream))) {
        const head = streamHeads.get(stream);
        if (head) streamHeads.put({ ...head, minG: Math.max(head.minG, gseq) });
        feed.remove(`${stream} ${kind} ${id}`);
      }
      return old.length;
    },
    // Nothing here is from an earlier version.
    hashEarlier: async () => undefined,
  };
}

type Counted = { readonly deleted: boolean; readonly hash: RowHash };

/** @param before what stood in the place of `now` */
function withInstead({ count, sum }: RowSum, before: Counted | undefined, now: Counted): RowSum {
  const [less, more] = [before, now].map((place): RowSum => (place && !place.deleted ? { count: 1, sum: place.hash } : noRows));
  if (!less || !more) return { count, sum };
  return { count: count - less.count + more.count, sum: addHashes(addHashes(sum, -less.sum), more.sum) };
}
