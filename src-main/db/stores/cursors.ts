import type { StationDatabase } from "../open-database.ts";
import { prepareUpsert } from "../prepare-upsert.ts";
import { cursor } from "../schema.ts";

/** How far each stream of head office was read. */
export function makeCursors(database: StationDatabase) {
  const { db } = database;
  const all = db.select().from(cursor).prepare();
  const put = prepareUpsert(database, cursor, cursor.stream);
  const floorOf = (stream: string): number => all.all().find((row) => row.stream === stream)?.floor ?? 0;
  return {
    all: (): Record<string, number> => Object.fromEntries(all.all().map(({ stream, gseq }) => [stream, gseq])),
    /** Everything is read from the beginning again. */
    forget: (): void => {
      db.delete(cursor).run();
    },
    move: (stream: string, gseq: number): void => put({ stream, gseq, floor: floorOf(stream) }),
    /** Which deletions a reading from the beginning lacks none of, where one was asked for. */
    floors: (): Record<string, number> =>
      Object.fromEntries(all.all().flatMap(({ stream, floor }) => (floor > 0 ? [[stream, floor]] : []))),
    /** A stream is read from its beginning again. */
    readAgain: (stream: string, floor = floorOf(stream)): void => put({ stream, gseq: 0, floor }),
  };
}
