import { systemClock } from "#main/devices/clock.ts";
import { makeMsrSerialDriver } from "#main/devices/drivers/msr-serial.ts";
import { Reader } from "#main/devices/reader.ts";
import { SerialTransport } from "#main/devices/transport/serial-transport.ts";

/** The magnetic stripe reader at a serial path, kept open for as long as the station is. */
export const openReader = (path: string): Reader =>
  new Reader({
    clock: systemClock,
    random: Math.random,
    makeTransport: () => new SerialTransport(path, {}, systemClock),
    makeDriver: (ports) => makeMsrSerialDriver({}, ports),
  });
