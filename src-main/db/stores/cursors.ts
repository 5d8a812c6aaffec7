import type { StationDatabase } from "../open-database.ts";
import { prepareUpsert } from "../prepare-upsert.ts";
import { cursor } from "../schema.ts";

/** How far each stream of head office was read. */
export function makeCursors({ db }: StationDatabase) {
  const all = db.select().from(cursor).prepare();
  const put = prepareUpsert({ db }, cursor, cursor.stream);
  return {
    all: (): Record<string, number> => Object.fromEntries(all.all().map(({ stream, gseq }) => [stream, gseq])),
    /** Everything is read from the beginning again. */
    forget: (): void => {
      db.delete(cursor).run();
    },
    move: (stream: string, gseq: number): void => put({ stream, gseq }),
  };
}
