import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { defaultSetup } from "#shared/domain/devices/device-setup.ts";
import { makeMsr605Simulator, type DrawManner } from "#main/devices/simulator/msr605.ts";
import { cardNumber, clerk, manager, newStationFile, openCounter, refusal, value } from "#test/support/counter.ts";
import { configured, makeBench } from "../../devices/manager/bench.ts";

const base = 50_000;
const card = (n: number): string => cardNumber(base + n);
const last4 = (n: number): string => card(n).slice(-4);
const range = { rangeId: "r", branchId: "branch-a", cardKind: "ordinary", first: card(1), last: card(100), lowAt: 20 };
const path = "/dev/encoder";
const boxOf = (cards: number) => ({ requestId: uuidv7(), first: { number: card(1) }, last: { number: card(cards) } });

/** A counter with a box of blank cards, and an encoder on a line with a hand beside it. */
async function openDesk({ file = newStationFile(), cards = 50, hasEncoder = true } = {}) {
  const bench = makeBench();
  if (hasEncoder) bench.plugIn(path);
  bench.onOpen = (_path, device) => void (bench.encoder = makeMsr605Simulator(device, {}, bench.clock));
  const counter = openCounter({ devices: bench.manager, file });
  if (counter.listStock().length === 0) {
    counter.hear("cardRange", range.rangeId, range);
    value(counter.receiveCards(boxOf(cards), manager));
  }
  bench.manager.setUp([configured(path, { setup: defaultSetup("msr605") })]);
  await bench.manager.start();
  await bench.after(1_000);

  const draw = async <T>(asked: Promise<T>, manner?: DrawManner | null): Promise<T> => {
    // Behind a reset the encoder is deaf for a moment, and what is asked waits for that.
    await bench.after(200);
    if (manner !== null) bench.encoder?.draw(manner);
    else await bench.after(20_100);
    return asked;
  };
  const next = (): string | undefined => counter.encodingState().next?.last4;
  const intentFor = (memberId: string) => {
    const { next: blank } = counter.encodingState();
    return { requestId: uuidv7(), memberId, card: blank ? { handle: blank.handle } : { number: "0000" } };
  };
  return {
    bench,
    counter,
    next,
    intentFor,
    intent: () => intentFor(counter.member({ card: null }).memberId),
    unfinished: () => counter.encodingState().unfinished.map(({ last4: digits, fault }) => [digits, fault]),
    /** @param manner how the hand draws the card; null for a hand that does not */
    write: (intent: Parameters<typeof counter.writeCard>[0], manner?: DrawManner | null) => draw(counter.writeCard(intent), manner),
    check: (intent: Parameters<typeof counter.writeCard>[0], manner?: DrawManner | null) => draw(counter.checkCard(intent, clerk), manner),
    issued: () => counter.operations().filter((type) => type === "card.issue"),
  };
}

describe("a card that this counter writes itself (K-06, K-16)", () => {
  it("is the member's when it reads as it was written, and not before", async () => {
    const { bench, counter, next, intent, write, check, issued, unfinished } = await openDesk();
    expect(next()).toBe(last4(1));
    const asked = intent();
    expect(value(await write(asked))).toEqual({ last4: last4(1) });
    expect(bench.encoder?.card()).toEqual({ 2: card(1) });
    expect(issued()).toEqual([]);
    expect(value(await check(asked)).card).toMatchObject({ last4: last4(1), state: "active" });
    expect(issued()).toEqual(["card.issue"]);
    expect(unfinished()).toEqual([]);
    expect(next()).toBe(last4(2));
    expect(counter.encodingState()).toMatchObject({ left: 49, isLow: false, encoder: { state: "ready", isPractice: false } });
  });

  it("is issued once when its answer was lost and all is asked for again, without another draw of the card", async () => {
    const { intent, write, check, issued, counter } = await openDesk();
    const asked = intent();
    value(await write(asked));
    const first = value(await check(asked));
    expect(value(await counter.writeCard(asked))).toEqual({ last4: last4(1) });
    expect(value(await counter.checkCard(asked, clerk))).toEqual(first);
    expect(issued()).toHaveLength(1);
  });

  it("may have the number on its face instead of the next one of the box", async () => {
    const { counter, write, check, bench } = await openDesk();
    const asked = { requestId: uuidv7(), memberId: counter.member({ card: null }).memberId, card: { number: card(30) } };
    value(await write(asked));
    expect(value(await check(asked)).card?.last4).toBe(last4(30));
    expect(bench.encoder?.card()).toEqual({ 2: card(30) });
  });

  it("is refused before the encoder hears of it, where the member or the card is not to have it", async () => {
    const { bench, counter, write } = await openDesk();
    const served = counter.member({ card: null });
    value(counter.issueCard({ requestId: uuidv7(), memberId: served.memberId, card: { number: card(9) } }, clerk));
    const heard = bench.encoder?.heard().length;
    const asked = { requestId: uuidv7(), memberId: served.memberId, card: { number: card(5) } };
    expect(refusal(await write(asked))).toMatchObject({ code: "HAS_MAIN_CARD" });
    const foreign = { requestId: uuidv7(), memberId: counter.member({ card: null }).memberId, card: { number: card(900) } };
    expect(refusal(await write(foreign))).toEqual({ code: "CARD_NOT_ASSIGNED" });
    expect(bench.encoder?.heard()).toHaveLength(heard ?? 0);
  });
});

describe("a card that goes wrong", () => {
  it("was not drawn through: its number stays for the card that is still in the hand", async () => {
    const { intent, write, next, check, intentFor } = await openDesk();
    const asked = intent();
    expect(refusal(await write(asked, null))).toEqual({ code: "CARD_NOT_DRAWN" });
    expect(next()).toBe(last4(1));
    const again = intentFor(asked.memberId);
    value(await write(again));
    expect(value(await check(again)).card?.last4).toBe(last4(1));
  });

  it("was drawn too fast: it is written again, and its number goes to no other card", async () => {
    const { intent, write, check, next, unfinished } = await openDesk();
    const asked = intent();
    expect(refusal(await write(asked, { status: 0x39 }))).toEqual({ code: "CARD_NOT_WRITTEN" });
    expect(next()).toBe(last4(2));
    expect(unfinished()).toEqual([[last4(1), "DEVICE_STATUS"]]);
    value(await write(asked));
    expect(value(await check(asked)).card?.last4).toBe(last4(1));
    expect(unfinished()).toEqual([]);
  });

  it("reads otherwise than it was written: nobody gets it", async () => {
    const { intent, write, check, issued, next, unfinished } = await openDesk();
    const asked = intent();
    value(await write(asked, { isBadlyWritten: true }));
    expect(refusal(await check(asked))).toEqual({ code: "CARD_NOT_VERIFIED" });
    expect(issued()).toEqual([]);
    expect(unfinished()).toEqual([[last4(1), "VERIFY_MISMATCH"]]);
    expect(next()).toBe(last4(2));
  });

  it("cannot be read back, or is another card than the one that was written", async () => {
    const { bench, intent, write, check } = await openDesk();
    const asked = intent();
    value(await write(asked));
    expect(refusal(await check(asked, { unreadable: [2] }))).toEqual({ code: "CARD_NOT_VERIFIED" });
    bench.encoder?.take({ 1: "SOMEBODY", 2: card(1) });
    expect(refusal(await check(asked))).toEqual({ code: "CARD_NOT_VERIFIED" });
    bench.encoder?.take({ 2: card(1) });
    expect(value(await check(asked)).card?.last4).toBe(last4(1));
  });

  it("was in the encoder when the cable was pulled: what it holds is not known, and it is never written again by itself", async () => {
    const { bench, intent, write, issued, unfinished, next } = await openDesk();
    const asked = intent();
    expect(refusal(await write(asked, { isUnplugged: true }))).toEqual({ code: "CARD_WRITE_UNKNOWN" });
    expect(unfinished()).toEqual([[last4(1), "UNKNOWN_OUTCOME"]]);
    expect(next()).toBe(last4(2));
    await bench.after(5_000);
    expect(bench.encoder?.heard()).toContain("65");
    expect(bench.encoder?.heard().filter((command) => command.startsWith("77"))).toEqual([]);
    expect(issued()).toEqual([]);
  });

  it("was in the hand when the power went: its number is set apart also in the next run", async () => {
    const file = newStationFile();
    const { intent, counter } = await openDesk({ file });
    void counter.writeCard(intent());
    counter.close();
    const later = await openDesk({ file });
    expect(later.unfinished()).toEqual([[last4(1), null]]);
    expect(later.next()).toBe(last4(2));
    const [left] = later.counter.encodingState().unfinished;
    const again = { requestId: uuidv7(), memberId: later.counter.member({ card: null }).memberId, card: { handle: left?.handle ?? "" } };
    value(await later.write(again));
    expect(value(await later.check(again)).card?.last4).toBe(last4(1));
  });

  it("is recorded as damaged, and its number is nobody's for good", async () => {
    const { counter, intent, write, unfinished, next } = await openDesk();
    await write(intent(), { status: 0x31 });
    const spoilt = { number: card(1) };
    value(counter.discardCards({ requestId: uuidv7(), first: spoilt, last: spoilt, why: "damaged" }, clerk));
    expect(unfinished()).toEqual([]);
    expect(next()).toBe(last4(2));
  });

  it("was never written: a check that was not preceded by writing issues nothing", async () => {
    const { intent, check, issued } = await openDesk();
    expect(refusal(await check(intent()))).toEqual({ code: "CARD_NOT_WRITTEN" });
    expect(issued()).toEqual([]);
  });
});

describe("a counter", () => {
  it("whose encoder is unplugged sets no number apart", async () => {
    const { intent, write, unfinished, next } = await openDesk({ hasEncoder: false });
    expect(refusal(await write(intent()))).toEqual({ code: "ENCODER_NOT_READY" });
    expect(unfinished()).toEqual([]);
    expect(next()).toBe(last4(1));
  });

  it("whose boxes are empty says so", async () => {
    const { counter, write, check, intent, next } = await openDesk({ cards: 2 });
    for (const n of [1, 2]) {
      const asked = intent();
      value(await write(asked));
      expect(value(await check(asked)).card?.last4).toBe(last4(n));
    }
    expect(next()).toBeUndefined();
    expect(counter.encodingState()).toMatchObject({ next: null, left: 0 });
  });

  it("passes over cards that were handed out by swipe meanwhile", async () => {
    const { counter, next } = await openDesk();
    for (const n of [1, 2, 3]) {
      const { memberId } = counter.member({ card: null });
      value(counter.issueCard({ requestId: uuidv7(), memberId, card: { number: card(n) } }, clerk));
    }
    expect(next()).toBe(last4(4));
  });
});
