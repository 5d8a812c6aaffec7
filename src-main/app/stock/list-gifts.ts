import type { Gift } from "#shared/domain/stock/gift.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** The gifts that head office has named, as this station last heard. */
export const makeListGifts =
  ({ store }: Ports) =>
  (): Gift[] =>
    store.read((view) => [...view.gifts.all()]);
