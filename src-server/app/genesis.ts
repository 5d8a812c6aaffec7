import type { Incarnation } from "#server/app/ports/station-store.ts";
import { sha256 } from "#server/app/sha256.ts";
import { genesisHash } from "#shared/domain/operations/encode.ts";

/** What the first operation of a life follows. */
export const genesisOf = ({ replica, incarnation, forkedFrom }: Pick<Incarnation, "replica" | "incarnation" | "forkedFrom">): Uint8Array =>
  genesisHash(sha256, replica, incarnation, forkedFrom ?? undefined);
