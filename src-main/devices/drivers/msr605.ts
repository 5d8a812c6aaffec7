import type { Clock } from "#main/devices/clock.ts";
import type { DeviceErrorCode } from "#main/devices/device-error.ts";
import type { DeviceEvent } from "#main/devices/device-event.ts";
import type { Command, Driver, DriverPorts } from "#main/devices/driver.ts";
import { good, type Answer } from "#main/devices/framing/msr605/answers.ts";
import { Msr605Framer, type AnswerOutcome } from "#main/devices/framing/msr605/framer.ts";
import { msr605Settings, type Msr605Settings } from "#shared/domain/devices/msr605-settings.ts";
import { failureOf, reset, taskOf, type Task } from "./msr605-commands.ts";

/** An encoder is deaf for 100 ms after a reset and does not say when it hears again: the bytes are under way for some of it, and clocks are coarse. */
const resetMs = 150;

type Running = { readonly task: Task; at: number; hasSent: boolean };

/**
 * An encoder of magnetic stripes (MSR206, MSR605, MSR606): it reads and writes a card when it is told to, and is silent otherwise.
 *
 * It has said nothing of what it writes until the card has been drawn through, so a line that breaks meanwhile leaves the
 * outcome of a write unknown. Nothing is ever sent twice by itself.
 *
 * @see docs/protocols/msr605.md
 */
class Msr605Driver implements Driver {
  readonly family = "msr605";
  readonly preparation = { type: "prepare" };
  readonly #settings: Msr605Settings;
  readonly #clock: Clock;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #framer: Msr605Framer;
  readonly #listeners: ((event: DeviceEvent) => void)[] = [];
  #running: Running | undefined;
  /** When the encoder hears again, in the clock's milliseconds. */
  #hearsAtMs = 0;
  #stopTimer = (): void => {};
  #isLost = false;

  constructor(settings: unknown, { clock, write }: DriverPorts) {
    this.#settings = msr605Settings.parse(settings);
    this.#clock = clock;
    this.#write = write;
    this.#framer = new Msr605Framer(this.#settings.idleMs, clock, (outcome) => this.#take(outcome));
  }

  /** `cancel` ends the wait for a hand; what the card holds then is known as little as after any other failure. */
  start(command: Command): void {
    if (this.#isLost) return;
    if (command.type === "cancel") {
      if (this.#running) this.#giveUp("CANCELLED");
      return;
    }
    if (this.#running) {
      this.#emit({ type: "commandFailed", code: "DEVICE_BUSY" });
      return;
    }
    const task = taskOf(command, this.#settings);
    if (!task.ok) {
      this.#emit(task.error);
      return;
    }
    this.#running = { task: task.value, at: 0, hasSent: false };
    this.#sendWhenHeard();
  }

  data(bytes: Uint8Array): void {
    if (!this.#isLost) this.#framer.data(bytes);
  }

  lost(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    const isOpen = this.#running?.task.purpose === "write" && this.#running.hasSent;
    if (this.#running) this.#end(failureOf(this.#running.task.purpose, isOpen ? "UNKNOWN_OUTCOME" : "PORT_LOST"));
    this.#emit({ type: "portLost", code: "PORT_LOST" });
  }

  on(callback: (event: DeviceEvent) => void): void {
    this.#listeners.push(callback);
  }

  #sendWhenHeard(): void {
    const waitMs = this.#hearsAtMs - this.#clock.now();
    if (waitMs > 0) this.#stopTimer = this.#clock.after(waitMs, () => this.#send());
    else this.#send();
  }

  #send(): void {
    const running = this.#running;
    const step = running?.task.steps[running.at];
    if (!running || !step) return;
    running.hasSent = true;
    // Before the bytes go out: on a line in memory the answer is there before `write` returns.
    if (step.answer !== null) this.#framer.expect(step.answer, step.waitsForHand ? this.#settings.swipeMs : this.#settings.answerMs);
    else this.#hearsAtMs = this.#clock.now() + resetMs;
    this.#write(step.bytes);
    if (step.answer === null) this.#goOn(undefined);
  }

  #take(outcome: AnswerOutcome): void {
    const running = this.#running;
    if (!running) return;
    if (outcome.kind === "nothing") this.#giveUp("NO_RESPONSE");
    else if (outcome.kind === "damage") this.#giveUp(outcome.code);
    else if ("status" in outcome.answer && outcome.answer.status !== good)
      this.#end(failureOf(running.task.purpose, "DEVICE_STATUS", outcome.answer.status));
    else this.#goOn(outcome.answer);
  }

  #goOn(answer: Answer | undefined): void {
    const running = this.#running;
    if (!running) return;
    running.at += 1;
    if (running.at < running.task.steps.length) this.#sendWhenHeard();
    else this.#end(running.task.done(answer));
  }

  /** Takes the encoder out of whatever it waits for, since it gives up by itself only when it is reset. */
  #giveUp(code: DeviceErrorCode): void {
    const running = this.#running;
    if (!running) return;
    if (running.hasSent) {
      this.#write(reset.bytes);
      this.#hearsAtMs = this.#clock.now() + resetMs;
    }
    this.#end(failureOf(running.task.purpose, code));
  }

  #end(event: DeviceEvent): void {
    this.#running = undefined;
    this.#stopTimer();
    this.#framer.forget();
    this.#emit(event);
  }

  #emit(event: DeviceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

export const makeMsr605Driver = (settings: unknown, ports: DriverPorts): Driver => new Msr605Driver(settings, ports);
