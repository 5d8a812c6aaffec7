import type { DeviceFault, DeviceState, TraceLine } from "#shared/contracts/devices.ts";
import { maskBytes } from "./masked-bytes.ts";

const linesKept = 200;
/** Bytes that come within this time stand on one line: a hand's swipe takes a second, and adapters hand it over in crumbs. */
const lineMs = 50;
const lineCharactersMax = 600;
const faultsKept = 30;

/** What happened on one device during this run, without anything of a card. */
export class DeviceHistory {
  readonly #wallMs: () => number;
  readonly #lines: { atMs: number; lastMs: number; direction: TraceLine["direction"]; text: string }[] = [];
  #faults: DeviceFault[] = [];
  #state: DeviceState = "absent";
  #sinceMs: number;
  #lastReadMs: number | null = null;

  /** @param wallMs milliseconds since 1970, to be shown to people */
  constructor(wallMs: () => number) {
    this.#wallMs = wallMs;
    this.#sinceMs = wallMs();
  }

  get sinceMs(): number {
    return this.#sinceMs;
  }

  get lastReadMs(): number | null {
    return this.#lastReadMs;
  }

  /** Newest first. */
  get faults(): DeviceFault[] {
    return this.#faults.toReversed();
  }

  /** Oldest first. */
  get lines(): TraceLine[] {
    return this.#lines.map(({ atMs, direction, text }) => ({ atMs, direction, text }));
  }

  /** A try to open is no state to date anything by: a device that is away is tried every few seconds. */
  cameInto(state: DeviceState): void {
    if (state === "opening" || state === this.#state) return;
    this.#state = state;
    this.#sinceMs = this.#wallMs();
  }

  wasRead(): void {
    this.#lastReadMs = this.#wallMs();
  }

  failed(code: string): void {
    const nowMs = this.#wallMs();
    const last = this.#faults.at(-1);
    this.#faults =
      last?.code === code
        ? [...this.#faults.slice(0, -1), { ...last, lastMs: nowMs, times: last.times + 1 }]
        : [...this.#faults, { code, firstMs: nowMs, lastMs: nowMs, times: 1 }].slice(-faultsKept);
  }

  /** Masked here and at once: no list holds what came as it came. */
  carried(direction: TraceLine["direction"], bytes: Uint8Array): void {
    const nowMs = this.#wallMs();
    const text = maskBytes(bytes);
    const last = this.#lines.at(-1);
    const isGoingOn = last?.direction === direction && nowMs - last.lastMs < lineMs && last.text.length + text.length <= lineCharactersMax;
    if (isGoingOn) {
      last.text += text;
      last.lastMs = nowMs;
      return;
    }
    this.#lines.push({ atMs: nowMs, lastMs: nowMs, direction, text: text.slice(0, lineCharactersMax) });
    if (this.#lines.length > linesKept) this.#lines.shift();
  }
}
