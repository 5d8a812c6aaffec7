import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import { genesisHash, type ForkedFrom } from "#shared/domain/operations/encode.ts";
import { sha256 } from "./sha256.ts";

/**
 * One life of a file. All lives share the log: the operations of an earlier one come first, so that a position in the log and a number
 * within a life are a subtraction apart.
 */
export type Life = {
  readonly incarnation: string;
  readonly forkedFrom: ForkedFrom | undefined;
  /** Operations in the log before its first. */
  readonly before: number;
  /** How many the file has of it; undefined for the present one, which grows. */
  readonly operations: number | undefined;
};

/** All lives of a file, the present one last. */
export function livesOf(self: StationIdentity): readonly [...Life[], Life] {
  const { earlierLives, incarnation } = self;
  let before = 0;
  let forkedFrom: ForkedFrom | undefined;
  const past: Life[] = [];
  for (const life of earlierLives) {
    const { incarnation: earlier, operations, forkedAt = operations } = life;
    past.push({ incarnation: earlier, operations, forkedFrom: life.forkedFrom ?? forkedFrom, before });
    before += operations;
    forkedFrom = { incarnation: earlier, seq: forkedAt };
  }
  return [...past, { incarnation, forkedFrom: self.forkedFrom ?? forkedFrom, before, operations: undefined }];
}

export const lifeNow = (self: StationIdentity): Life => livesOf(self).at(-1) as Life;

/** The life that wrote what stands at a position. */
export const lifeAt = (self: StationIdentity, position: number): Life =>
  livesOf(self).findLast(({ before }) => before < position) ?? lifeNow(self);

/** What the first operation of a life follows. */
export const genesisOf = ({ replica }: StationIdentity, { incarnation, forkedFrom }: Life): Uint8Array =>
  genesisHash(sha256, replica, incarnation, forkedFrom);
