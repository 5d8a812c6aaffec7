import { journalDamage } from "#main/app/durability/compare-journal.ts";
import { feedDamage, type Verified } from "#main/app/ports/upkeep.ts";

/** What a person does about it; which rows are meant stands in the document. */
export function verifyWords({ damaged }: Verified): readonly string[] {
  const count = (table: string): number => damaged.filter((damage) => damage.table === table).length;
  const ofJournal: readonly string[] = Object.values(journalDamage);
  const edited = damaged.filter(feedDamage.is).length;
  const noJournal = damaged.find(({ table }) => table === journalDamage.empty);
  const [missing, differing, files] = [count(journalDamage.missing), count(journalDamage.differs), count(journalDamage.unreadable)];
  return [
    ...(damaged.some((damage) => !ofJournal.includes(damage.table) && !feedDamage.is(damage))
      ? ["The books do not hold: close the counter and run `station rebuild`, which makes them anew from the journal and head office."]
      : []),
    ...(edited > 0
      ? [
          `${edited} rows are not as head office told them: open the counter and let it exchange with head office once, which mends them; ` +
            "then verify again.",
        ]
      : []),
    ...(noJournal
      ? [
          `There is no mirror journal in ${noJournal.id}: put the volume back, or open the counter once, which writes it; then verify again.`,
        ]
      : []),
    ...(missing + differing + files > 0
      ? [
          `The mirror journal lacks ${missing} operations, has ${differing} with other bytes, and ${files} of its files cannot be read whole. ` +
            "The database has them all. If the volume was away, open the counter with it and verify again; else close the counter, move the " +
            "journal's folder aside and open the counter: it writes the journal anew from its log.",
        ]
      : []),
  ];
}
