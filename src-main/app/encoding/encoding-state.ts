import type { EncodingState } from "#shared/contracts/encoding.ts";
import type { DeviceView } from "#shared/contracts/devices.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { viewStock } from "#main/app/stock/list-stock.ts";
import { nextBlank } from "./next-blank.ts";
import { unfinishedCards } from "./unfinished-cards.ts";

/** More than lie about on any counter. */
const shownMax = 10;

/** The encoder of this computer: the one that is ready, where there are several. */
export const encoderOf = (devices: readonly DeviceView[]): DeviceView | undefined =>
  devices.filter(({ setup }) => setup.family === "msr605").toSorted((a, b) => Number(b.state === "ready") - Number(a.state === "ready"))[0];

/** Whether cards can be written here, which number comes next, and which cards were not finished. */
export const makeEncodingState =
  ({ store, devices, handles }: Pick<Ports, "store" | "devices" | "handles">) =>
  (): EncodingState => {
    const encoder = encoderOf(devices.running());
    return store.read((view) => {
      // A counter without an encoder keeps no handles for numbers that nobody asks for.
      if (!encoder) return { encoder: null, next: null, left: 0, isLow: false, unfinished: [] };
      const next = nextBlank(view);
      const line = next && viewStock(view, { kind: "card", id: next.kind.kind });
      return {
        encoder: { state: encoder.state, isPractice: encoder.origin === "practice" },
        next: next ? { handle: handles.keep(next.cardNumber), last4: next.cardNumber.slice(-4), kindName: next.kind.name } : null,
        left: line?.onHand ?? 0,
        isLow: line?.isLow ?? false,
        unfinished: unfinishedCards(view)
          .toReversed()
          .slice(0, shownMax)
          .map(({ cardNumber, fault, atMs }) => ({ handle: handles.keep(cardNumber), last4: cardNumber.slice(-4), fault, atMs })),
      };
    });
  };
