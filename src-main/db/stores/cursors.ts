import type { StationDatabase } from "../open-database.ts";
import { prepareUpsert } from "../prepare-upsert.ts";
import { cursor } from "../schema.ts";

/** How far each stream of head office was read. */
export function makeCursors(database: StationDatabase) {
  const { db } = database;
  const all = db.select().from(cursor).prepare();
  const put = prepareUpsert(database, cursor, cursor.stream);
  return {
    all: (): Record<string, number> => Object.fromEntries(all.all().map(({ stream, gseq }) => [stream, gseq])),
    /** Everything is read from the beginning again. */
    forget: (): void => {
      db.delete(cursor).run();
    },
    move: (stream: string, gseq: number): void => put({ stream, gseq }),
  };
}
