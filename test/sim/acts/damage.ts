import { openDatabase } from "#main/db/open-database.ts";
import { dataKey, migrationsFolder } from "#test/support/counter.ts";
import type { Act } from "./act.ts";

/** What somebody with the key of the file, or a mistake of ours, may make of a row that head office told. */
const damages = [
  "UPDATE directory SET doc = replace(doc, '**', '错') WHERE member_id = ?",
  "UPDATE directory SET hash = NULL WHERE member_id = ?",
  "DELETE FROM directory WHERE member_id = ?",
  "UPDATE member SET name = '错' || name WHERE member_id = ?",
  "DELETE FROM row_hash WHERE kind = 'member' AND id = ?",
];

/** The power goes, and before the station is started again a row in its file is another. */
export const damageRow: Act = async (world, station) => {
  const memberId = world.dice.pick(world.memberIds);
  const damage = world.dice.pick(damages);
  if (memberId === undefined || damage === undefined) return "there is nobody yet";
  // What a counter is told of somebody's row lies below what it changed itself and head office has not heard.
  if (station.log().some((op) => op.memberId === memberId && op.state === "waiting")) return "something of theirs waits";
  const wasUp = station.line.isUp();
  station.cutPower();
  const { sqlite } = openDatabase(station.file(), dataKey, migrationsFolder);
  const { changes } = sqlite.prepare(damage).run(memberId);
  sqlite.close();
  await station.restart();
  if (wasUp) station.line.up();
  if (changes === 0) return "no such row";
  world.befell("row changed behind the program's back");
  return damage;
};
