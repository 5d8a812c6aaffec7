import type { StationDatabase } from "../open-database.ts";
import { cursor } from "../schema.ts";

/** How far each stream of head office was read. */
export function makeCursors({ db }: StationDatabase) {
  return {
    all: (): Record<string, number> =>
      Object.fromEntries(
        db
          .select()
          .from(cursor)
          .all()
          .map((row) => [row.stream, row.gseq]),
      ),
    /** Everything is read from the beginning again. */
    forget: (): void => {
      db.delete(cursor).run();
    },
    move: (stream: string, gseq: number): void => {
      db.insert(cursor).values({ stream, gseq }).onConflictDoUpdate({ target: cursor.stream, set: { gseq } }).run();
    },
  };
}
