import { isIPv6 } from "node:net";

/**
 * The part of a remote address that stands for one caller. An IPv6 customer owns a whole /64 and could come from a new address with
 * every request; an IPv4 address that arrived over an IPv6 socket is the same caller as without it.
 */
export function callerOf(address: string | undefined): string {
  if (address === undefined) return "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? `${networkHalf(address)}::/64` : address;
}

/** The first four of the eight groups, with the zeros that `::` left out. */
function networkHalf(address: string): string {
  const [head = "", tail] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return groups.slice(0, 4).join(":");
}
