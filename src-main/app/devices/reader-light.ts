import type { DeviceView } from "#shared/contracts/devices.ts";
import type { StationStatus } from "#shared/contracts/station.ts";

/** Who needs somebody comes first. */
const byNeed: readonly DeviceView["state"][] = ["denied", "busy", "unclear", "backoff", "absent", "opening", "ready"];
const needOf = ({ state, hint }: DeviceView): number => (state === "ready" && hint !== null ? 0 : 1) + byNeed.indexOf(state);

/** All readers as one light: that of the reader which most needs somebody. */
export function readerLight(devices: readonly DeviceView[]): StationStatus["reader"] {
  const [first] = devices.toSorted((a, b) => needOf(a) - needOf(b));
  return first ? { state: first.state, port: first.path, hint: first.hint } : { state: "none", port: null, hint: null };
}
