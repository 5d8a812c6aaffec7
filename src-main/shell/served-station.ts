import type { AnyContractRouter } from "@orpc/contract";
import type { Router } from "@orpc/server";
import type { ApiContext } from "#main/api/context.ts";

/** What a shell needs of a station: something to serve, and a way to end it, and what a closed window or a closed lid has to do with it. What is said over it is no business of a shell. */
export type ServedStation = {
  readonly router: Router<AnyContractRouter, ApiContext>;
  /** How many operations head office has not got yet. */
  readonly waitingOperations: () => number;
  /** The computer woke up: what waits for its next try goes now. */
  readonly wake: () => void;
  readonly close: () => Promise<void>;
};
