import type { AboutPerson } from "#server/app/ports/inbox.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { memberIdOf } from "#shared/domain/operations/effects-of.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { verdictRecord } from "#shared/domain/verdicts/verdict.ts";

type ErasableRow = { readonly kind: "member" | "review" | "proposal" | "request" | "verdict"; readonly id: string };

/** Everything at head office that names a person or says something personal about one. */
export async function findAbout(
  tx: Transaction,
  memberId: string,
): Promise<{ readonly records: readonly ErasableRow[]; readonly about: AboutPerson }> {
  const found = (await tx.records.aboutPerson(memberId)).map(({ kind, id }) => ({ kind: kind as ErasableRow["kind"], id }));
  const requestIds = found.flatMap(({ kind, id }) => (kind === "request" ? id : []));
  const judgedAnew = await verdictsAbout(tx, memberId, requestIds);
  return {
    records: [{ kind: "member", id: memberId }, ...found, ...judgedAnew.map(({ id }) => ({ kind: "verdict" as const, id }))],
    about: { memberId, named: [...requestIds, ...judgedAnew.map(({ opId }) => opId)] },
  };
}

/** A verdict names an operation and nobody: whose it is, the operation says. */
async function verdictsAbout(tx: Transaction, memberId: string, requestIds: readonly string[]) {
  const verdicts = (await tx.records.ofKind("verdict")).map(({ id, doc }) => ({ id, opId: verdictRecord.parse(doc).opId }));
  const people = await peopleOf(
    tx,
    verdicts.map(({ opId }) => opId),
  );
  return verdicts.filter(({ opId }) => people.get(opId) === memberId || requestIds.includes(opId));
}

/** Whom operations are about, of those that say so. */
export async function peopleOf(tx: Transaction, opIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const operations = await tx.inbox.find(opIds);
  return new Map(
    operations.flatMap((stored) => {
      const operation = readBytes(stored, stored);
      const memberId = operation.ok ? memberIdOf(operation.value) : null;
      return memberId === null ? [] : [[stored.opId, memberId] as const];
    }),
  );
}
