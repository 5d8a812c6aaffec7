import type { StationStatus } from "#shared/contracts/station.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import { mirrorTroubles, type Mirror, type MirrorPlace, type MirrorTrouble, type Written } from "#main/app/ports/mirror.ts";
import type { Store } from "#main/app/ports/store.ts";

type KeeperPorts = {
  readonly store: Store;
  /** Undefined where no second copy is wanted. */
  readonly place: MirrorPlace | undefined;
  readonly clock: Clock;
  readonly log: Logger;
};

/** A volume that is gone is looked for so often and no oftener, since looking may take as long as a disk needs to say no. */
const betweenTriesMs = 5_000;
/** So many operations are written through at once while the journal catches up. */
const operationsAtOnce = 500;

type Trouble = { readonly code: MirrorTrouble; readonly sinceMs: number; triedAtMs: number };

/**
 * Keeps the mirror journal in step with the database: what a commit wrote is in both before anybody is told of it. When the journal
 * cannot be written the counter goes on, since the database holds the truth, and what is missing follows as soon as it can.
 */
export function keepMirror({ store, place, clock, log }: KeeperPorts) {
  let mirror: Mirror | undefined;
  let trouble: Trouble | undefined;

  /** Runs `work` on the open journal; one that fails is closed, and opened again later. */
  function attempt(work: () => void): void {
    try {
      work();
      if (trouble) log.info({ code: trouble.code }, "the mirror journal is whole again");
      trouble = undefined;
    } catch (cause) {
      const code = troubleOf(cause);
      if (!trouble) log.error({ code, error: cause instanceof Error ? cause.name : "unknown" }, "the mirror journal cannot be written");
      trouble = { code, sinceMs: trouble?.sinceMs ?? clock.wallMs(), triedAtMs: clock.wallMs() };
      mirror?.close();
      mirror = undefined;
    }
  }

  function openAndCatchUp(from: MirrorPlace): void {
    mirror ??= from.open();
    catchUp(store, mirror);
  }

  const mayTryAgain = (): boolean => !trouble || Math.abs(clock.wallMs() - trouble.triedAtMs) >= betweenTriesMs;

  return {
    keep: (written: Written): void => {
      const open = mirror;
      if (open) attempt(() => open.append(written));
      else if (place && mayTryAgain()) attempt(() => openAndCatchUp(place));
    },
    /** Opens the journal and gives it what it misses, unless it is in step already or was looked for just now. */
    catchUp: (): void => {
      if (place && !mirror && mayTryAgain()) attempt(() => openAndCatchUp(place));
    },
    /** Takes out of the journal who was forgotten in the database. @returns false while it cannot be written */
    forget: (): boolean => {
      if (!place) return true;
      if (!mirror && !mayTryAgain()) return false;
      attempt(() => {
        openAndCatchUp(place);
        store.read(({ precious }) => mirror?.rewrite(precious.asKept));
      });
      return mirror !== undefined;
    },
    status: (): StationStatus["mirror"] => ({
      state: place ? (trouble ? "behind" : "whole") : "none",
      trouble: trouble?.code ?? null,
      sinceMs: trouble?.sinceMs ?? null,
    }),
    close: (): void => {
      mirror?.close();
      mirror = undefined;
    },
  };
}

/** Gives the journal what the database has and it has not. */
function catchUp(store: Store, mirror: Mirror): void {
  store.read(({ precious }) => {
    const facts = precious.facts();
    if (!facts) return;
    // A journal of another history, or of a longer one than ours, stays as it is; ours is written beside it from its first operation on.
    if (precious.positionOf(mirror.end().operation) === undefined) mirror.startOver();
    const { grant } = mirror.end();
    const grants = precious.grantsAfter(grant.incarnation === facts.identity.incarnation ? grant.gno : 0);
    const changed = mirror.holds(facts) ? undefined : facts;
    if (grants.length > 0 || changed) mirror.append({ operations: [], grants, facts: changed });
    for (;;) {
      const operations = precious.operationsAfter(precious.positionOf(mirror.end().operation) ?? 0, operationsAtOnce);
      if (operations.length === 0) return;
      mirror.append({ operations, grants: [], facts: undefined });
    }
  });
}

const troubleOf = (cause: unknown): MirrorTrouble =>
  mirrorTroubles.find((code) => cause instanceof Fault && cause.code === code) ?? "MIRROR_FAILED";
