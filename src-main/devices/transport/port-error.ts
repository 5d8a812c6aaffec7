import { DeviceError, type PortErrorCode } from "#main/devices/device-error.ts";

/** serialport's errors carry no code, only the system's text or its own (bindings-cpp 13, serialport_unix.cpp and serialport_win.cpp). */
const codeByText: readonly (readonly [RegExp, PortErrorCode])[] = [
  [/cannot lock port/i, "PORT_BUSY"],
  [/resource busy/i, "PORT_BUSY"],
  // Windows knows no rights on a COM port: it answers with this when another program has it open.
  [/access denied/i, "PORT_BUSY"],
  [/permission denied/i, "PORT_DENIED"],
  [/operation not permitted/i, "PORT_DENIED"],
  [/no such file or directory/i, "PORT_NOT_FOUND"],
  [/no such device/i, "PORT_NOT_FOUND"],
  [/file not found/i, "PORT_NOT_FOUND"],
  [/port is not open/i, "PORT_LOST"],
  [/bad file descriptor/i, "PORT_LOST"],
];

/** Names what serialport reported. Text that nobody has seen yet is `PORT_IO`. */
export function toPortError(cause: unknown, path: string): DeviceError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = codeByText.find(([pattern]) => pattern.test(text))?.[1] ?? "PORT_IO";
  return new DeviceError(code, "port", `${path}: ${text}`, { cause });
}
