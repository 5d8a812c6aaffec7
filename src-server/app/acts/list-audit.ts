import type { Transaction } from "#server/app/ports/store.ts";
import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import type { AuditLine, listAuditAct } from "#shared/contracts/acts/audit.ts";
import { localName } from "#shared/domain/names/local-name.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { ok } from "#shared/std/result.ts";
import type { ActHandler } from "./act-handler.ts";
import { namesOfStaff } from "./staff-names.ts";

const linesMax = 100;

/** Head office's own log, as far as a person stands behind it. What head office does by itself follows from what people did. */
export const listAudit: ActHandler<typeof listAuditAct> = async ({ ports, tx }, { belowSeq }) => {
  const found = await tx.inbox.ownOfPeople(ports.identity.incarnation, belowSeq ?? null, linesMax + 1);
  const shown = found.slice(0, linesMax);
  const operations = shown.flatMap((stored) => {
    const operation = readBytes(stored, stored);
    return operation.ok && operation.value.body.by !== headOfficeItself ? [operation.value] : [];
  });
  const names = await namesOfStaff(
    tx,
    operations.map(({ body }) => body.by),
  );
  const lines: AuditLine[] = [];
  for (const operation of operations) {
    const { seq, opId, type, body } = operation;
    const by = names.get(body.by) ?? null;
    lines.push({ seq, opId, atMs: body.at, type, by, about: await subjectOf(tx, operation), facts: factsOf(body.d) });
  }
  return ok({ lines, hasMore: found.length > linesMax });
};

/** The name that the thing has now: whoever looks for a person looks for the name they know. */
async function subjectOf(tx: Transaction, operation: Operation): Promise<AuditLine["about"]> {
  const meaning = effectsOf(operation);
  if (!meaning.ok) return null;
  const { kind, id } = meaning.value.entity;
  const [record] = await tx.records.find([{ kind: kind as "staff", id }]);
  const { displayName, name, receiptNumber } = record?.doc ?? {};
  const inBoth = localName.safeParse(name);
  return inBoth.success ? inBoth.data : ([displayName, name, receiptNumber].find((text) => typeof text === "string") ?? null);
}

/** The plain fields of an operation; what lies deeper is in the record that it made. */
function factsOf(d: unknown): AuditLine["facts"] {
  const fields = Object.entries(typeof d === "object" && d !== null ? d : {});
  return Object.fromEntries(
    fields.filter((field): field is [string, string | number | boolean | null] => typeof field[1] !== "object" || field[1] === null),
  );
}
