import { describe, expect, it } from "vitest";
import { eventStream } from "#main/api/event-stream.ts";
import type { StationEvent } from "#shared/contracts/station.ts";

const refusedCard = (readId: string): StationEvent => ({
  type: "cardRefused",
  readId,
  code: "CARD_NOT_RECOGNISED",
  cause: null,
  cardHandle: null,
  last4: null,
});
const changed = (memberId: string): StationEvent => ({ type: "memberChanged", memberId });
const nameOf = (event: StationEvent): string =>
  event.type === "cardRefused" ? event.readId : event.type === "memberChanged" ? event.memberId : event.type;

/** Hands over everything that was published while the listener slept. */
async function afterSleeping(events: readonly StationEvent[]): Promise<string[]> {
  let publish = (_event: StationEvent): void => {};
  const breakOff = new AbortController();
  const stream = eventStream((listener) => {
    publish = listener;
    return () => {};
  }, breakOff.signal);
  const first = stream.next();
  publish({ type: "journalChanged" });
  await first;
  for (const event of events) publish(event);
  const seen: string[] = [];
  const last = "the last";
  publish(refusedCard(last));
  for await (const event of stream) {
    if (nameOf(event) === last) break;
    seen.push(nameOf(event));
  }
  return seen;
}

describe("a screen that slept", () => {
  it("is told once what it has to ask for again", async () => {
    const events = [changed("a"), changed("b"), { type: "journalChanged" } as const, changed("a"), { type: "journalChanged" } as const];
    expect(await afterSleeping(events)).toEqual(["b", "a", "journalChanged"]);
  });

  it("still gets the swipe that a flood of changes came after", async () => {
    const flood = Array.from({ length: 1_000 }, (_, i) => changed(`member-${i}`));
    const seen = await afterSleeping([refusedCard("the swipe"), ...flood]);
    expect(seen[0]).toBe("the swipe");
    // The last event, which ends the test, has pushed out one more.
    expect(seen).toHaveLength(199);
    expect(seen.at(-1)).toBe("member-999");
  });

  it("gets the newest of more swipes than it can hold", async () => {
    const seen = await afterSleeping(Array.from({ length: 300 }, (_, i) => refusedCard(`swipe-${i}`)));
    expect(seen).toHaveLength(199);
    expect(seen.at(-1)).toBe("swipe-299");
  });
});
