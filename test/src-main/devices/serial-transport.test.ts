import { describe, expect, it } from "vitest";
import { DeviceError } from "#main/devices/device-error.ts";
import { ManualClock } from "#main/devices/manual-clock.ts";
import { toPortError } from "#main/devices/transport/port-error.ts";
import { SerialTransport, type PortHandle } from "#main/devices/transport/serial-transport.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A port that behaves as serialport 13 was seen to, well or badly. */
class FakePort implements PortHandle {
  isOpen = false;
  isSilent = false;
  /** Gone between its opening and what follows. */
  isPulledOut = false;
  closes = 0;
  readonly written: Uint8Array[] = [];
  readonly #listeners = new Map<string, ((value: never) => void)[]>();

  on(event: string, callback: (value: never) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), callback]);
  }

  /** As an EventEmitter does: an error that nobody listens for ends the process. */
  emit(event: string, value?: unknown): void {
    const listeners = this.#listeners.get(event) ?? [];
    if (event === "error" && listeners.length === 0) throw new Error("unheard error");
    for (const listener of listeners) listener(value as never);
  }

  open(callback: (error: Error | null) => void): void {
    if (this.isSilent) return;
    this.isOpen = true;
    callback(null);
  }

  close(callback: (error: Error | null) => void): void {
    this.closes += 1;
    if (this.isSilent) return;
    this.isOpen = false;
    callback(null);
  }

  write(bytes: Uint8Array, callback: (error: Error | null | undefined) => void): void {
    this.written.push(bytes);
    if (!this.isSilent) callback(null);
  }

  set(_lines: { dtr: boolean; rts: boolean }, callback: (error: Error | null) => void): void {
    if (this.isPulledOut) this.isOpen = false;
    callback(new Error("Inappropriate ioctl for device, cannot set"));
  }
}

function makeDesk() {
  const clock = new ManualClock();
  const ports: FakePort[] = [];
  const options: unknown[] = [];
  const losses: DeviceError[] = [];
  const desk = { isPluggedIn: true, isSilent: false, isPulledOut: false };
  const transport = new SerialTransport("/dev/ttyTEST", { baudRate: 19_200 }, clock, {
    makePort: async (portOptions) => {
      const port = new FakePort();
      port.isSilent = desk.isSilent;
      port.isPulledOut = desk.isPulledOut;
      ports.push(port);
      options.push(portOptions);
      return port;
    },
    isPluggedIn: async () => desk.isPluggedIn,
  });
  transport.onLost((error) => losses.push(error));
  const port = (): FakePort => {
    const last = ports.at(-1);
    if (!last) throw new Error("no port was made");
    return last;
  };
  return Object.assign(desk, { clock, transport, ports, options, losses, port });
}

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "fulfilled",
    (error: unknown) => (error instanceof DeviceError ? error.code : String(error)),
  );

describe("a serial port", () => {
  it("is opened for this program alone, with what is set and the defaults for the rest", async () => {
    const desk = makeDesk();
    await desk.transport.open();
    expect(desk.options).toEqual([
      { path: "/dev/ttyTEST", baudRate: 19_200, dataBits: 8, parity: "none", stopBits: 1, autoOpen: false, lock: true },
    ]);
  });

  it("is another object at every open, so that nothing written before is sent late", async () => {
    const desk = makeDesk();
    await desk.transport.open();
    await desk.transport.close();
    await desk.transport.open();
    expect(desk.ports).toHaveLength(2);
  });

  it("refuses to write before it is open and after it is closed, and passes nothing on", async () => {
    const desk = makeDesk();
    expect(await codeOf(desk.transport.write(Uint8Array.of(1)))).toBe("PORT_LOST");
    await desk.transport.open();
    await desk.transport.write(Uint8Array.of(2));
    await desk.transport.close();
    expect(await codeOf(desk.transport.write(Uint8Array.of(3)))).toBe("PORT_LOST");
    expect(desk.port().written).toEqual([Uint8Array.of(2)]);
  });

  it("gives up an open that is not answered, and closes the port if it opens after all", async () => {
    const desk = makeDesk();
    desk.isSilent = true;
    const opening = codeOf(desk.transport.open());
    await settle();
    desk.clock.advance(5000);
    expect(await opening).toBe("PORT_IO");
    desk.port().emit("open");
    expect(desk.port().closes).toBe(1);
  });

  it("gives up a write that is not answered", async () => {
    const desk = makeDesk();
    await desk.transport.open();
    desk.port().isSilent = true;
    const writing = codeOf(desk.transport.write(Uint8Array.of(1)));
    desk.clock.advance(5000);
    expect(await writing).toBe("PORT_IO");
  });

  it("is closed as far as we are concerned when the close is not answered", async () => {
    const desk = makeDesk();
    await desk.transport.open();
    desk.port().isSilent = true;
    const closing = codeOf(desk.transport.close());
    desk.clock.advance(5000);
    expect(await closing).toBe("fulfilled");
    expect(await codeOf(desk.transport.close())).toBe("fulfilled");
  });

  it("is lost once, whatever the port says about it", async () => {
    const desk = makeDesk();
    await desk.transport.open();
    desk.port().emit("close", new Error("bad file descriptor"));
    desk.port().emit("error", new Error("bad file descriptor"));
    desk.port().emit("close");
    expect(desk.losses.map(({ code }) => code)).toEqual(["PORT_LOST"]);
    expect(await codeOf(desk.transport.write(Uint8Array.of(1)))).toBe("PORT_LOST");
  });

  it("is not lost when we close it", async () => {
    const desk = makeDesk();
    await desk.transport.open();
    await desk.transport.close();
    desk.port().emit("close");
    desk.clock.advance(10_000);
    await settle();
    expect(desk.losses).toEqual([]);
  });

  it("is noticed to be gone within half a second though it still claims to be open, and is closed", async () => {
    const desk = makeDesk();
    await desk.transport.open();
    desk.clock.advance(500);
    await settle();
    expect(desk.losses).toEqual([]);
    desk.isPluggedIn = false;
    desk.clock.advance(500);
    await settle();
    expect(desk.losses.map(({ code }) => code)).toEqual(["PORT_LOST"]);
    expect(desk.port().closes).toBe(1);
  });

  it("hears an error that comes while it is not open", async () => {
    const desk = makeDesk();
    desk.isSilent = true;
    void desk.transport.open();
    await settle();
    desk.port().emit("error", new Error("anything"));
    expect(desk.losses).toEqual([]);
  });

  it("went away while it was opened", async () => {
    const desk = makeDesk();
    desk.isPulledOut = true;
    expect(await codeOf(desk.transport.open())).toBe("PORT_LOST");
    expect(desk.losses).toEqual([]);
  });
});

describe("what the system says", () => {
  it.each([
    ["Error: No such file or directory, cannot open /dev/ttyUSB0", "PORT_NOT_FOUND", true],
    ["Error No such device or address Cannot open /dev/ttyS9", "PORT_NOT_FOUND", true],
    ["Opening COM9: File not found", "PORT_NOT_FOUND", true],
    ["Error Resource temporarily unavailable Cannot lock port", "PORT_BUSY", true],
    ["Error Device or resource busy Cannot open /dev/ttyUSB0", "PORT_BUSY", true],
    ["Opening COM5: Access denied", "PORT_BUSY", true],
    ["Error Permission denied Cannot open /dev/ttyUSB0", "PORT_DENIED", false],
    ["bad file descriptor", "PORT_LOST", true],
    ["Opening COM5: Unknown error code 1167", "PORT_IO", true],
  ] as const)("%s", (text, code, retriable) => {
    expect(toPortError(new Error(text), "COM5")).toMatchObject({ code, retriable, family: "port", detail: `COM5: ${text}` });
  });
});
