import type { ReceivedOperation } from "#server/app/ports/inbox.ts";
import type { OperationMeaning } from "#shared/domain/operations/declare.ts";
import { effectsOf, operationTypeOf } from "#shared/domain/operations/effects-of.ts";
import type { Operation } from "#shared/domain/operations/operation.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { isId } from "#server/app/ids.ts";
import type { ParkCode, QuarantineCode } from "./codes.ts";

/** A station's operation, understood as far as it can be. */
export type ReadOperation = {
  readonly received: ReceivedOperation;
  /** An unknown type counts as money-like: what it would have moved, nobody here can tell. */
  readonly isMoneyLike: boolean;
  readonly content: Result<
    { readonly operation: Operation; readonly meaning: OperationMeaning },
    { readonly code: QuarantineCode | ParkCode }
  >;
  /** The member it is about, also when only its header can be read. */
  readonly memberId: string | undefined;
  readonly lotIds: readonly string[];
  readonly cardNumbers: readonly string[];
};

export function readOperation(received: ReceivedOperation): ReadOperation {
  const type = operationTypeOf(received);
  const content = understand(received);
  const about = content.ok ? content.value.meaning : undefined;
  const effects = about?.effects ?? [];
  const { entity } = received;
  const memberId = about?.memberId ?? (entity?.kind === "member" && isId(entity.id) ? entity.id : undefined);
  return {
    received,
    isMoneyLike: type?.isMoneyLike ?? true,
    content,
    memberId,
    lotIds: effects.flatMap((effect) => (effect.kind === "move" ? effect.lotId : effect.kind === "openLot" ? effect.lot.lotId : [])),
    cardNumbers: entity?.kind === "card" ? [entity.id] : [],
  };
}

function understand(received: ReceivedOperation): ReadOperation["content"] {
  const type = operationTypeOf(received);
  if (!type) return err({ code: "UNKNOWN_TYPE" });
  if (type.writtenBy === "headOffice") return err({ code: "HEAD_OFFICE_ONLY" });
  const operation = readBytes(received, received);
  if (!operation.ok) return operation;
  const meaning = effectsOf(operation.value);
  if (!meaning.ok) return meaning;
  const { entity, memberId } = meaning.value;
  // Ids are compared as text here and as values by the database: only the one spelling is an id.
  const ids = meaning.value.effects.flatMap((effect) =>
    effect.kind === "move" ? effect.lotId : effect.kind === "undo" ? effect.undoes : [],
  );
  if (![...ids, ...(memberId === null ? [] : [memberId])].every(isId)) return err({ code: "BAD_DATA" });
  const isAsHeaderSays = received.entity?.kind === entity.kind && received.entity.id === entity.id;
  return isAsHeaderSays ? ok({ operation: operation.value, meaning: meaning.value }) : err({ code: "ENTITY_MISMATCH" });
}

/** What a money-like operation touches, as the keys that later ones wait by. */
export const waitSubjects = ({ memberId, lotIds, cardNumbers }: ReadOperation): readonly string[] => [
  ...(memberId === undefined ? [] : [`member:${memberId}`]),
  ...lotIds.map((lotId) => `lot:${lotId}`),
  ...cardNumbers.map((cardNumber) => `card:${cardNumber}`),
];
