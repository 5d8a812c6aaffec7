import type { ServerIdentity } from "#server/app/ports/access-store.ts";
import type { Machine } from "#server/app/ports/machine.ts";
import type { Store } from "#server/app/ports/store.ts";

/** Wakes readers that wait when this process has published something. */
export type Notifier = {
  readonly published: () => void;
  /** Resolves at the next publication, when the time is over, or when nobody waits any more. */
  readonly next: (timeoutMs: number, aborted: AbortSignal) => Promise<void>;
};

/** What every use case of head office asks of the world. */
export type Ports = { readonly store: Store; readonly machine: Machine; readonly identity: ServerIdentity; readonly notifier: Notifier };
