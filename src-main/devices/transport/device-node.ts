import { access } from "node:fs/promises";

/**
 * Whether the device behind a path is still plugged in.
 *
 * Where ports are files the file says so, also for links and pseudo terminals, which no list shows. On Windows the list
 * has to do; a list that cannot be had is no list, and no reason to give up an open port.
 */
export async function isPluggedIn(path: string): Promise<boolean> {
  if (process.platform !== "win32") {
    return access(path).then(
      () => true,
      () => false,
    );
  }
  const { SerialPort } = await import("serialport");
  return SerialPort.list().then(
    (ports) => ports.some((port) => port.path === path),
    () => true,
  );
}
