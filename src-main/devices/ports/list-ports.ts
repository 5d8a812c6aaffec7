import { realpath } from "node:fs/promises";
import { basename } from "node:path";
import type { SerialPort } from "serialport";
import type { PluggedPort } from "#main/app/ports/devices.ts";
import { guessOf } from "./fingerprints.ts";

type Listed = Awaited<ReturnType<typeof SerialPort.list>>[number];

/**
 * The serial ports of this computer, those of USB devices first.
 *
 * On Linux the list is made by the program `udevadm`; where it is missing there is no list, which is no fault. Pseudo
 * terminals and links are never in it.
 *
 * @throws whatever the system says when it has no list
 */
export async function listPorts(): Promise<readonly PluggedPort[]> {
  const { SerialPort: serial } = await import("serialport");
  const ports = await Promise.all((await serial.list()).map(describePort));
  const isUsb = (port: PluggedPort): number => (port.guess === "builtIn" ? 1 : 0);
  return ports.toSorted((a, b) => isUsb(a) - isUsb(b) || a.path.localeCompare(b.path, "en", { numeric: true }));
}

async function describePort(listed: Listed): Promise<PluggedPort> {
  const lower = (text: string | undefined): string | null => text?.toLowerCase() ?? null;
  const identity = {
    vendorId: lower(listed.vendorId),
    productId: lower(listed.productId),
    serialNumber: listed.serialNumber ?? null,
    pnpId: listed.pnpId ?? null,
    location: listed.locationId ?? (await usbSocket(listed.path)),
  };
  return { path: listed.path, identity, ...guessOf(identity, listed.manufacturer ?? null) };
}

/** On Linux the list knows no socket; the kernel's own tree does: `.../usb1/1-2/1-2:1.0/ttyUSB0`. */
async function usbSocket(path: string): Promise<string | null> {
  const device = await realpath(`/sys/class/tty/${basename(path)}/device`).catch(() => "");
  return /\/(\d+-[\d.]+:[\d.]+)(?:\/|$)/.exec(device)?.[1] ?? null;
}
