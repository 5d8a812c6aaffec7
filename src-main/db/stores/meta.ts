import { eq, sql } from "drizzle-orm";
import type { StationDatabase } from "../open-database.ts";
import { meta } from "../schema.ts";

export type MetaKey =
  | "identity"
  | "deviceKey"
  | "lastContactMs"
  | "serverHlc"
  | "memberSerial"
  | "ackSeq"
  | "appliedGno"
  | "isGuarded"
  | "depositedKeyId"
  | "lastShift"
  | "idleLockMinutes"
  | "rightsDifferIn"
  /** Numbers that an encoder of this computer may have written on cards that are nobody's yet; a JSON array. */
  | "unfinishedCards"
  /** How many people were forgotten here, and how many of those the journal and the copies had followed. */
  | "forgets"
  | "forgetsInCopies"
  /** 1 while head office, come back from a backup, has to be told whom it had forgotten. */
  | "hasErasuresToTell"
  /** How far head office's books went when it last spoke of them, signed by it; a JSON object. */
  | "reach"
  /** What this station had of what was done at head office, while head office, come back from a backup, has to be told; a JSON array. */
  | "rowsToTell"
  /** How many rows differed from head office's and were mended, and when the last was; a JSON object. */
  | "mended";

/** Small facts of the station, one row each. */
export function makeMeta({ db }: StationDatabase) {
  const get = db
    .select({ value: meta.value })
    .from(meta)
    .where(eq(meta.key, sql.placeholder("key")))
    .prepare();
  const put = db
    .insert(meta)
    .values({ key: sql.placeholder("key"), value: sql.placeholder("value") })
    .onConflictDoUpdate({ target: meta.key, set: { value: sql`excluded.value` } })
    .prepare();

  const bytes = (key: MetaKey): Buffer | undefined => get.get({ key })?.value;
  const text = (key: MetaKey): string | undefined => bytes(key)?.toString("utf8");
  return {
    bytes,
    text,
    int: (key: MetaKey): number => Number(text(key) ?? 0),
    put: (key: MetaKey, value: string | number | Uint8Array): void => {
      put.run({ key, value: value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value), "utf8") });
    },
  };
}
export type Meta = ReturnType<typeof makeMeta>;
