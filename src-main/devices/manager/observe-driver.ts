import type { Driver, DriverPorts, MakeDriver } from "#main/devices/driver.ts";

/** Who looks over a driver's shoulder. */
export type DriverObserver = {
  readonly carried: (direction: "in" | "out", bytes: Uint8Array) => void;
  /** Whether what comes is a card once the top bit of each byte is cleared, and none as it is: the line has seven bits and a parity bit. */
  readonly sevenBits: (areSeen: boolean) => void;
};

/**
 * A driver, and beside it a second one of the same kind that is given the bytes without their top bits and whose events
 * nobody hears. Where the second reads a card and the first does not, the port is set to the wrong number of data bits.
 */
export function observeDriver(makeDriver: MakeDriver, settings: unknown, ports: DriverPorts, observer: DriverObserver): Driver {
  const driver = makeDriver(settings, {
    clock: ports.clock,
    write: (bytes) => {
      observer.carried("out", bytes);
      ports.write(bytes);
    },
  });
  const second = makeDriver(settings, { clock: ports.clock, write: () => {} });
  let hasReadSinceSecond = false;
  driver.on((event) => {
    if (event.type !== "cardRead") return;
    hasReadSinceSecond = true;
    observer.sevenBits(false);
  });
  // Whatever makes both read, the bytes or a timer, reaches the first one first.
  second.on((event) => {
    if (event.type !== "cardRead") return;
    if (!hasReadSinceSecond) observer.sevenBits(true);
    hasReadSinceSecond = false;
  });
  return {
    family: driver.family,
    ...(driver.preparation && { preparation: driver.preparation }),
    start: (command) => driver.start(command),
    data: (bytes) => {
      observer.carried("in", bytes);
      driver.data(bytes);
      second.data(bytes.map((byte) => byte & 0x7f));
    },
    lost: () => {
      second.lost();
      driver.lost();
    },
    on: (callback) => driver.on(callback),
  };
}
