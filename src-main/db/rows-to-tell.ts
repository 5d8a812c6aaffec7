import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import type { LocalName } from "#shared/domain/names/local-name.ts";
import { missedKinds, type MissedKind, type ToldRow } from "#shared/domain/stations/missed-row.ts";
import type { Tables } from "./tables.ts";

type NameOf = { readonly [K in MissedKind]: (doc: FeedRecords[K], tables: Tables) => string };

const inAllLanguages = (name: LocalName): string => [...new Set([name["zh-CN"], name["en-US"]])].join(" / ");

/** By what whoever did it would know it again. */
const nameOf: NameOf = {
  branch: ({ code, name }) => `${code} ${name}`,
  staff: ({ displayName, userName }) => `${displayName} (${userName})`,
  rule: ({ name, version }) => `${inAllLanguages(name)} v${version}`,
  plan: ({ name, version }) => `${inAllLanguages(name)} v${version}`,
  gift: ({ name }) => inAllLanguages(name),
  cardKind: ({ name }) => inAllLanguages(name),
  cardRange: ({ first, last }) => `${first}–${last}`,
  dictionaryEntry: ({ name }) => inAllLanguages(name),
  alias: ({ memberId }, { members }) => members.find(memberId)?.memberNumber ?? memberId,
  proposal: ({ receiptNumber, points }) => `${receiptNumber}: ${points}`,
};

/** The rows that only people at head office can have made as they are: a proposal that nobody has decided comes of a station's award. */
const isTheirs = <K extends MissedKind>(kind: K, doc: FeedRecords[K]): boolean =>
  kind !== "proposal" || (doc as FeedRecords["proposal"]).state !== "open";

function rowsOf<K extends MissedKind>(tables: Tables, kind: K): readonly ToldRow[] {
  return tables.records.versionsOf(kind).flatMap(({ id, version, doc }) => {
    // What this station changed in it and nobody has told it of is sent again as an operation.
    if (version < 1 || !isTheirs(kind, doc)) return [];
    return [{ kind, id, ver: version, name: nameOf[kind](doc, tables) }];
  });
}

/** What this station has of what was done at head office: read before rows of an older copy take its place. */
export const rowsToTell = (tables: Tables): readonly ToldRow[] => missedKinds.flatMap((kind) => rowsOf(tables, kind));
