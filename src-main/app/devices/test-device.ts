import type { DeviceHint, TestRead } from "#shared/contracts/devices.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { identifyCard, type CardTracks } from "#shared/domain/cards/identify-card.ts";
import type { SwipeEvent } from "#main/app/cards/receive-swipe.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Refusal = { code: "DEVICE_NOT_FOUND" } | { code: "DEVICE_NOT_READY" } | { code: "TEST_RUNNING" };

/** Waits for one card on a device and says what was understood, with no more of a number than its last four digits. */
export const makeTestDevice =
  ({ store, devices }: Pick<Ports, "store" | "devices">) =>
  async ({ deviceId }: { deviceId: string }, signal?: AbortSignal): Promise<Result<TestRead, Refusal>> => {
    if (!devices.running().some((device) => device.deviceId === deviceId)) return err({ code: "DEVICE_NOT_FOUND" });
    const read = await devices.nextRead(deviceId, signal);
    if (!read.ok) return read;
    const hint: DeviceHint | null = devices.running().find((device) => device.deviceId === deviceId)?.hint ?? null;
    if (read.value === null) return ok({ outcome: "nothing", hint });
    if (read.value.type === "cardReadFailed") return ok({ outcome: "failed", cause: read.value.code, hint });
    return ok(understood(read.value, store));
  };

function understood(read: Extract<SwipeEvent, { type: "cardRead" }>, store: Ports["store"]): TestRead {
  const tracks = "tracks" in read ? lengthsOf(read.tracks) : [];
  const kinds = store.read((view) => view.cards.kinds());
  const card = identifyCard(read, kinds);
  const kind = card.ok ? kinds.find((each) => each.kind === card.value.kind) : undefined;
  if (!card.ok || !kind) return { outcome: "foreign", tracks };
  return { outcome: "ours", kindName: kind.name, last4: card.value.cardNumber.slice(-4), tracks };
}

const lengthsOf = (tracks: CardTracks): { track: number; characters: number }[] =>
  Object.entries(tracks).map(([track, data]) => ({ track: Number(track), characters: data.length }));
