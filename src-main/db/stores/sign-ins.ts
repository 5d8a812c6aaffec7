import { and, desc, eq, gte } from "drizzle-orm";
import type { StationDatabase } from "../open-database.ts";
import { signInFailure } from "../schema.ts";

/** Failed sign-ins outlive a restart: pulling the plug does not give five more tries (U-04). */
export function makeSignIns({ db }: StationDatabase) {
  return {
    failures: (userName: string, sinceMs: number): readonly number[] =>
      db
        .select({ atMs: signInFailure.atMs })
        .from(signInFailure)
        .where(and(eq(signInFailure.userName, userName), gte(signInFailure.atMs, sinceMs)))
        .orderBy(desc(signInFailure.atMs))
        .all()
        .map(({ atMs }) => atMs),
    remember: (userName: string, atMs: number): void => {
      db.insert(signInFailure).values({ userName, atMs }).run();
    },
    forget: (userName: string): void => {
      db.delete(signInFailure).where(eq(signInFailure.userName, userName)).run();
    },
  };
}
