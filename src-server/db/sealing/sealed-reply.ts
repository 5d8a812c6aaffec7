import type { Seal } from "./seal.ts";

const placeOf = (actId: string): string => `act/${actId}`;

/** What an act was answered: it names people where the act is about them. */
export const closeReply = (seal: Seal, actId: string, reply: unknown): Uint8Array =>
  seal.close(placeOf(actId), Buffer.from(JSON.stringify(reply)));

/** @throws SealBroken */
export const openReply = (seal: Seal, actId: string, sealed: Uint8Array): unknown =>
  JSON.parse(Buffer.from(seal.open(placeOf(actId), sealed)).toString("utf8"));
