import type { UpdateDriver } from "#main/app/ports/updates.ts";

/** The web shell's: a page cannot replace the program that serves it. */
export const noUpdates: UpdateDriver = {
  offReason: "WEB_SHELL",
  look: () => Promise.resolve(undefined),
  fetch: () => Promise.resolve(),
  restart: () => undefined,
};
