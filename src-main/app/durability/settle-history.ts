import { toHex } from "#shared/std/bytes.ts";
import type { DurabilityPlaces } from "#main/app/ports/guard.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { MirrorPlace } from "#main/app/ports/mirror.ts";
import type { Random } from "#main/app/ports/random.ts";
import type { Store } from "#main/app/ports/store.ts";
import { judgeHistory, type History } from "./judge-history.ts";
import { refOf } from "./keep-guard.ts";
import { replayJournal } from "./replay-journal.ts";

type SettlePorts = DurabilityPlaces & { readonly store: Store; readonly random: Random; readonly log: Logger };

/**
 * Before a station opens: finds out whether its database is the one that was closed. What an older copy lacks is put back from the mirror
 * journal; when that does not bring it up to date, or when the same database may be going on elsewhere, another life begins: its
 * numbers are not used twice, and its rights wait for head office.
 */
export function settleHistory({ store, mirror, guard, machine, random, log }: SettlePorts): void {
  if (!mirror || !store.read((view) => view.precious.facts())) return;
  if (isBehind(store, mirror, judge())) {
    const replayed = putBack(store, mirror, log);
    if (replayed > 0)
      log.warn(
        { code: "HISTORY_PUT_BACK", operations: replayed },
        "the database was older than the mirror journal; what it lacked was put back",
      );
  }
  const history = judge();
  if (history === "continuous") return;
  const incarnation = toHex(random.bytes(8));
  store.repair((tx) => tx.beginLife(incarnation));
  log.warn({ code: "LIFE_BEGUN", because: history, incarnation }, "the database is not the one that was closed; it begins another life");

  function judge(): History {
    const record = guard.read();
    return store.read(({ precious }) =>
      judgeHistory({
        guard: record,
        isGuarded: precious.isGuarded(),
        hasGuarded: record !== undefined && precious.positionOf(refOf(record)) !== undefined,
        machine,
      }),
    );
  }
}

/** Whether the journal is worth reading: it ends with an operation that the database has not, or the database has been further. */
function isBehind(store: Store, mirror: MirrorPlace, history: History): boolean {
  if (history !== "continuous") return true;
  try {
    const opened = mirror.open();
    const { operation } = opened.end();
    opened.close();
    return store.read((view) => view.precious.positionOf(operation)) === undefined;
  } catch {
    // A volume that is gone is the keeper's to tell.
    return false;
  }
}

function putBack(store: Store, mirror: MirrorPlace, log: Logger): number {
  try {
    return replayJournal(store, mirror.read());
  } catch (cause) {
    log.error(
      { code: "REPLAY_BROKEN", error: cause instanceof Error ? cause.message : "unknown" },
      "the mirror journal could not be put back",
    );
    return 0;
  }
}
