import { dirname } from "node:path";
import { keepGuard } from "#main/app/durability/keep-guard.ts";
import { keepMirror } from "#main/app/durability/keep-mirror.ts";
import { settleHistory } from "#main/app/durability/settle-history.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { DurabilityPlaces, Guard } from "#main/app/ports/guard.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Random } from "#main/app/ports/random.ts";
import type { Store } from "#main/app/ports/store.ts";
import { guardFiles } from "#main/mirror/guard-files.ts";
import type { MirrorFolder } from "#main/mirror/mirror-folder.ts";
import { makeMirrorPlace } from "#main/mirror/open-mirror.ts";
import { diskVolume, type Volume } from "#main/mirror/volume.ts";
import { fileIdentity } from "#main/system/machine.ts";

/** Where the mirror journal lies; a guard record lies beside it, and another one beside the database. */
export type MirrorAt = MirrorFolder & { readonly volume?: Volume };

export type DurabilityOptions = {
  /** Path of `station.db`. */
  readonly file: string;
  readonly dataKey: Uint8Array;
  readonly mirror?: MirrorAt | undefined;
  /** Fingerprint of this computer, where it has one. */
  readonly machine?: string | null | undefined;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
};

/** Makes sure that the database is the one that was closed, and keeps the second copy and the guard record of what it writes from now on. */
export function openDurability(options: DurabilityOptions) {
  const { store, clock, random, log } = options;
  const places = placesOf(options);
  settleHistory({ ...places, store, random, log });
  const mirror = keepMirror({ store, place: places.mirror, clock, log });
  let soon: NodeJS.Immediate | undefined;
  const mirrorIsWhole = (): boolean => mirror.status().state === "whole";
  const guard = options.mirror ? keepGuard({ ...places, store, mirrorIsWhole, soon: (work) => (soon = setImmediate(work)) }) : unguarded;
  mirror.catchUp();
  guard.write();
  store.onCommit((written) => {
    mirror.keep(written);
    guard.wrote(written);
  });

  return {
    mirrorStatus: mirror.status,
    forgetInJournal: mirror.forget,
    /** With head office: what it acknowledged is guarded, and a volume that has come back is noticed. */
    afterConversation: (): void => {
      mirror.catchUp();
      guard.write();
    },
    close: (): void => {
      clearImmediate(soon);
      guard.write();
      mirror.close();
    },
  };
}

function placesOf({ file, mirror, machine = null, dataKey, clock, log }: DurabilityOptions): DurabilityPlaces {
  if (!mirror) return { mirror: undefined, guard: noGuard, machine, file: () => null };
  return {
    mirror: makeMirrorPlace({ volume: diskVolume, ...mirror, dataKey, wallMs: clock.wallMs, log }),
    guard: guardFiles([dirname(file), mirror.folder]),
    machine,
    file: () => fileIdentity(file),
  };
}

/** A database without a journal begins again after a power cut: it has no past to be guarded. */
const noGuard: Guard = { read: () => undefined, write: () => undefined };
/** Nor is it marked as guarded, or the record would be missed as soon as it is opened with one, as a sample is once it is made. */
const unguarded: ReturnType<typeof keepGuard> = { write: () => undefined, wrote: () => undefined };
