import type { Machine } from "#server/app/ports/machine.ts";

/** A UUID of version 7: sorts by the millisecond it was made in, and names nobody. */
export function newId({ clock, random }: Pick<Machine, "clock" | "random">): string {
  const bytes = random(16);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  view.setUint32(0, Math.floor(clock.nowMs() / 0x1_0000));
  view.setUint16(4, clock.nowMs() % 0x1_0000);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Buffer.from(bytes).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** In the one spelling that is hashed, stored and compared: lower case, with hyphens. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
