import type { AnyContractRouter } from "@orpc/contract";
import type { Router } from "@orpc/server";
import type { ApiContext } from "#main/api/context.ts";

/** What a shell needs of a station: something to serve, and a way to end it. What is said over it is no business of a shell. */
export type ServedStation = {
  readonly router: Router<AnyContractRouter, ApiContext>;
  readonly close: () => Promise<void>;
};
