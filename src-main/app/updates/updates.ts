import type { UpdateOffer, UpdatePhase, UpdateState, UpdateTrouble } from "#shared/contracts/updates.ts";
import { updateTroubles } from "#shared/contracts/updates.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { UpdateDriver, UpdateFeedPlace } from "#main/app/ports/updates.ts";

export type Updates = {
  readonly state: () => UpdateState;
  readonly check: () => Promise<Result<UpdateState, { code: "NO_UPDATES_HERE" | "NOT_ENROLLED" }>>;
  readonly install: () => Result<UpdateState, { code: "NO_UPDATE_READY" }>;
};

export type UpdatesOptions = {
  readonly driver: UpdateDriver;
  /** The version that runs. */
  readonly version: string;
  /** Undefined for a station that has no head office. */
  readonly place: () => UpdateFeedPlace | undefined;
  readonly nowMs: () => number;
  readonly onChange: () => void;
  readonly log: Logger;
};

/**
 * Looks for new versions and fetches them, and never installs one while the counter is open: a customer may be standing there. What is
 * ready takes the place of the running version when the counter closes, or when somebody who may says so.
 */
export function makeUpdates({ driver, version, place, nowMs, onChange, log }: UpdatesOptions): Updates {
  let now: UpdatePhase = driver.offReason ? { phase: "off", reason: driver.offReason } : { phase: "idle" };
  let checkedAtMs: number | null = null;
  let trouble: UpdateTrouble | null = null;
  let checking: Promise<void> | undefined;
  const state = (): UpdateState => ({ version, now, checkedAtMs, trouble });
  const enter = (next: UpdatePhase): void => {
    now = next;
    onChange();
  };

  async function lookAndFetch(from: UpdateFeedPlace): Promise<void> {
    trouble = null;
    try {
      enter({ phase: "checking" });
      const offer = await driver.look(from);
      checkedAtMs = nowMs();
      if (!offer) return enter({ phase: "idle" });
      enter({ phase: "downloading", offer, percent: 0 });
      await driver.fetch(onPercent(offer));
      enter({ phase: "ready", offer });
    } catch (cause) {
      trouble = troubleOf(cause);
      log.warn({ code: trouble, error: cause instanceof Error ? cause.message : "" }, "no update came");
      enter({ phase: "idle" });
    }
  }

  /** Tells of whole percents alone: a screen is not redrawn a thousand times a second. */
  function onPercent(offer: UpdateOffer): (percent: number) => void {
    let told = 0;
    return (percent) => {
      const whole = Math.min(Math.floor(percent), 100);
      if (whole <= told) return;
      told = whole;
      enter({ phase: "downloading", offer, percent: whole });
    };
  }

  return {
    state,
    check: async () => {
      if (now.phase === "off") return err({ code: "NO_UPDATES_HERE" });
      const from = place();
      if (!from) return err({ code: "NOT_ENROLLED" });
      // Whoever asks in the middle waits for the same answer. What is ready stays ready, and a newer one is found when it runs.
      if (now.phase !== "ready" && now.phase !== "installing") {
        checking ??= lookAndFetch(from).finally(() => {
          checking = undefined;
        });
        await checking;
      }
      return ok(state());
    },
    install: () => {
      if (now.phase !== "ready") return err({ code: "NO_UPDATE_READY" });
      enter({ phase: "installing", offer: now.offer });
      driver.restart();
      return ok(state());
    },
  };
}

const isTrouble = (code: string): code is UpdateTrouble => (updateTroubles as readonly string[]).includes(code);

/** What was not foreseen is most likely the line. */
const troubleOf = (cause: unknown): UpdateTrouble => (cause instanceof Fault && isTrouble(cause.code) ? cause.code : "UPDATE_NOT_FETCHED");
