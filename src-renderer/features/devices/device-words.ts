import type { DeviceView, FoundPort } from "#shared/contracts/devices.ts";
import type { MessageKey } from "../../app/intl/catalogue.ts";
import type { Texts } from "../../app/intl/use-texts.ts";
import type { Tone } from "../../ui/mark.tsx";

type Words = Pick<Texts, "t">;

/** What people here call a device; who has no name is called by what it is. */
export function nameOf({ name, origin, setup }: Pick<DeviceView, "name" | "origin" | "setup">, { t }: Words): string {
  if (name !== null) return name;
  return t(origin === "practice" ? `devices.practice.${setup.family}` : `devices.family.${setup.family}`);
}

/** Ready is calm; what comes by itself is plain; what waits for a person stands out. */
export function toneOf({ state, hint }: Pick<DeviceView, "state" | "hint">): Tone {
  if (state === "ready") return hint === null ? "good" : "warn";
  return state === "opening" ? "plain" : "warn";
}

/** A port as it is told from its neighbours: what it may be, and where it is when another is alike. */
export function portWords({ guess, title, socket }: FoundPort, { t }: Words): string {
  const what = title === null ? t(`devices.guess.${guess}`) : t("devices.port.titled", { title, guess: t(`devices.guess.${guess}`) });
  return socket === null ? what : t("devices.port.socket", { what, socket });
}

const causes = {
  PORT_NOT_FOUND: "devices.fault.PORT_NOT_FOUND",
  PORT_UNCLEAR: "devices.fault.PORT_UNCLEAR",
  PORT_BUSY: "devices.fault.PORT_BUSY",
  PORT_DENIED: "devices.fault.PORT_DENIED",
  PORT_LOST: "devices.fault.PORT_LOST",
  PORT_IO: "devices.fault.PORT_IO",
  TRUNCATED: "devices.fault.TRUNCATED",
  OVERSIZE: "devices.fault.OVERSIZE",
  LRC_MISMATCH: "devices.fault.checkSum",
  CHECKSUM_MISMATCH: "devices.fault.checkSum",
  TRACK_READ_ERROR: "devices.fault.TRACK_READ_ERROR",
  TRACK_MISSING: "devices.fault.TRACK_MISSING",
  NO_RESPONSE: "devices.fault.NO_RESPONSE",
  DEVICE_STATUS: "devices.fault.DEVICE_STATUS",
  UNKNOWN_OUTCOME: "devices.fault.UNKNOWN_OUTCOME",
  CANCELLED: "devices.fault.CANCELLED",
} as const satisfies Readonly<Record<string, MessageKey>>;

/** Why a card could not be read or a port not be opened. Of the other codes a person can do nothing but swipe again. */
export const faultWords = (code: string): MessageKey =>
  Object.hasOwn(causes, code) ? causes[code as keyof typeof causes] : "devices.fault.other";
