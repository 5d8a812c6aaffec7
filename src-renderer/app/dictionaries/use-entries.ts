import { useQuery } from "@tanstack/react-query";
import type { DictionaryEntry, DictionaryKind } from "#shared/domain/dictionaries/kinds.ts";
import { queries } from "../client.ts";

/** The choices of a kind that are offered, in the company's order; none until the station has answered. */
export function useEntries(kind: DictionaryKind): readonly DictionaryEntry[] {
  const entries = useQuery(queries.dictionaries.entries.queryOptions());
  return (entries.data ?? []).filter((entry) => entry.kind === kind && entry.isActive);
}
