import type { PluggedPort } from "#main/app/ports/devices.ts";
import type { Clock } from "#main/devices/clock.ts";

/** Drivers of the system settle first; a port that is opened at once may be gone again. */
export const settleMs = 300;
/** Nobody plugs something in and looks for it within a second. */
const freshMs = 1000;
/** Longer than any list ever took; one that never comes must not end the looking. */
const patienceMs = 5000;

/** What is plugged in, as of the last look. */
export class PortWatch {
  readonly #clock: Clock;
  readonly #list: () => Promise<readonly PluggedPort[]>;
  readonly #onChange: () => void;
  readonly #settling = new Set<string>();
  #ports: readonly PluggedPort[] | null = null;
  #hasLooked = false;
  #lookedAtMs = 0;
  #looking: Promise<void> | undefined;

  /** @param list rejects where the system has no list */
  constructor(clock: Clock, list: () => Promise<readonly PluggedPort[]>, onChange: () => void) {
    this.#clock = clock;
    this.#list = list;
    this.#onChange = onChange;
  }

  /** The ports that have been there long enough to be opened; null when the system has no list. */
  get settled(): readonly PluggedPort[] | null {
    return this.#ports?.filter(({ path }) => !this.#settling.has(path)) ?? null;
  }

  /** A list that shows a swipe as it comes in asks many times a second, and on Linux each look starts a program. */
  async lookUnlessFresh(): Promise<readonly PluggedPort[] | null> {
    const isFresh = this.#hasLooked && this.#clock.now() - this.#lookedAtMs < freshMs;
    return isFresh ? this.#ports : this.look();
  }

  /** Several who ask at once are answered by one look. */
  async look(): Promise<readonly PluggedPort[] | null> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
    return this.#ports;
  }

  async #lookOnce(): Promise<void> {
    const before = this.#ports;
    const ports = await this.#listInTime();
    // What was there at the first look has been there for longer.
    if (this.#hasLooked) {
      const known = new Set(before?.map(lookOf));
      for (const port of ports ?? []) if (!known.has(lookOf(port))) this.#settle(port.path);
    }
    this.#hasLooked = true;
    this.#lookedAtMs = this.#clock.now();
    this.#ports = ports;
    if (before?.map(lookOf).join() !== ports?.map(lookOf).join()) this.#onChange();
  }

  async #listInTime(): Promise<readonly PluggedPort[] | null> {
    let stop = (): void => {};
    const tooLate = new Promise<null>((resolve) => {
      stop = this.#clock.after(patienceMs, () => resolve(null));
    });
    const ports = await Promise.race([this.#list().catch(() => null), tooLate]);
    stop();
    return ports;
  }

  #settle(path: string): void {
    this.#settling.add(path);
    this.#clock.after(settleMs, () => {
      this.#settling.delete(path);
      this.#onChange();
    });
  }
}

/** Two devices that were swapped between two looks may bear the same name. */
const lookOf = ({ path, identity }: PluggedPort): string => JSON.stringify([path, identity]);
