import { closeSync, constants, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import type { DeviceEnd } from "#main/devices/transport/transport.ts";

/** A line between two programs of this machine that looks like a serial port from one end: `path` goes to the app. */
export type PseudoTerminal = DeviceEnd & { readonly path: string };

/** Larger than `struct termios` anywhere; its contents are the system's business. */
const termiosBytes = 256;

/**
 * Opens a pseudo terminal (Linux and macOS) and is the device on it.
 *
 * Every byte value goes both ways unchanged. What a pseudo terminal has not: modem lines, and any effect of speed,
 * parity and stop bits. A descriptor of the app's end is held open here, so that the device sees no hang-up between two
 * opens of the app; `unplug` closes both ends, and the path is gone.
 *
 * `koffi` is a dev dependency and is loaded here alone, when a simulator is wanted: the packed app has neither.
 */
export async function openPseudoTerminal(): Promise<PseudoTerminal> {
  const { default: koffi } = await import("koffi");
  const system = koffi.load(null);
  const posixOpenpt = system.func("int posix_openpt(int flags)");
  const grantpt = system.func("int grantpt(int fd)");
  const unlockpt = system.func("int unlockpt(int fd)");
  const ptsname = system.func("const char *ptsname(int fd)");
  const tcgetattr = system.func("int tcgetattr(int fd, void *termios)");
  const cfmakeraw = system.func("void cfmakeraw(void *termios)");
  const tcsetattr = system.func("int tcsetattr(int fd, int when, void *termios)");

  const flags = constants.O_RDWR | constants.O_NOCTTY;
  const deviceFd: number = posixOpenpt(flags);
  if (deviceFd < 0 || grantpt(deviceFd) !== 0 || unlockpt(deviceFd) !== 0) throw new Error("this system gave no pseudo terminal");
  const path: string = ptsname(deviceFd);
  const heldFd = openSync(path, flags);
  // Raw, as a serial port is: no echo, no line editing, no CR turned into LF.
  const termios = new Uint8Array(termiosBytes);
  tcgetattr(heldFd, termios);
  cfmakeraw(termios);
  if (tcsetattr(heldFd, 0, termios) !== 0) throw new Error(`${path} could not be made raw`);

  const stream = new ReadStream(deviceFd);
  let isPlugged = true;
  return {
    path,
    write(bytes) {
      if (isPlugged) stream.write(bytes);
    },
    onData(callback) {
      stream.on("data", callback);
    },
    unplug() {
      if (!isPlugged) return;
      isPlugged = false;
      closeSync(heldFd);
      stream.destroy();
    },
  };
}
