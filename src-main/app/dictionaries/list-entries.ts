import { dictionaryKinds, entriesOf, type DictionaryEntry } from "#shared/domain/dictionaries/kinds.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** Every choice that this station knows, line or no line. */
export const makeListEntries =
  ({ store }: Pick<Ports, "store">) =>
  (): DictionaryEntry[] => {
    const set = store.read((view) => view.dictionaries.all());
    return dictionaryKinds.flatMap((kind) => entriesOf(kind, set));
  };
