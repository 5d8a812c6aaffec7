import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { makeReceiveSwipe } from "#main/app/cards/receive-swipe.ts";
import { cardHash } from "#main/db/stores/directory.ts";
import { argon2Pins } from "#main/security/pins.ts";
import type { FeedRecords } from "#shared/contracts/sync/feed.ts";
import type { StaffCardRead } from "#shared/contracts/station.ts";
import { permissionsOf } from "#shared/domain/staff/roles.ts";
import { accountOf, cardNumber, clerk, directoryKey, openCounter, refusal, value, type TestCounter } from "#test/support/counter.ts";
import { plainPinVerifier } from "#test/support/plain-pins.ts";

const pin = "258014";
const wrongPin = "258015";
const dayMs = 24 * 60 * 60 * 1000;
const staffNumber = cardNumber(900);

const withCard = (more: Partial<FeedRecords["staff"]> = {}): FeedRecords["staff"] => ({
  ...accountOf(clerk),
  card: { hash: cardHash(directoryKey, staffNumber), last4: staffNumber.slice(-4) },
  pin: plainPinVerifier(pin),
  ...more,
});

function openWithStaffCard(more: Parameters<typeof openCounter>[0] = {}) {
  const counter = openCounter(more);
  counter.hear("staff", clerk.staffId, withCard());
  return counter;
}

const swipe = (counter: TestCounter) => makeReceiveSwipe(counter.ports)({ type: "cardRead", tracks: { 2: staffNumber } });
const swipeStaff = (counter: TestCounter): StaffCardRead => {
  const event = swipe(counter);
  if (event.type !== "staffCardRead") throw new Error(`the staff card was read as ${event.type}`);
  return event;
};
const enter = (counter: TestCounter, typed: string) => counter.signInByCard({ cardHandle: swipeStaff(counter).cardHandle, pin: typed });

describe("a staff card", () => {
  it("names its owner and not its number, and opens with the PIN while the line is down (U-03)", async () => {
    const counter = openWithStaffCard();
    const event = swipeStaff(counter);
    expect(event).toMatchObject({ name: clerk.displayName, pin: "set" });
    expect(JSON.stringify(event)).not.toContain(staffNumber.slice(4));
    expect(value(await counter.signInByCard({ cardHandle: event.cardHandle, pin }))).toEqual(clerk);
  });

  it("is taken no more after the third wrong PIN, until its owner gives the password here", async () => {
    const counter = openWithStaffCard();
    expect(refusal(await enter(counter, wrongPin))).toEqual({ code: "WRONG_PIN", attemptsLeft: 2 });
    expect(refusal(await enter(counter, wrongPin))).toEqual({ code: "WRONG_PIN", attemptsLeft: 1 });
    expect(refusal(await enter(counter, wrongPin))).toEqual({ code: "PIN_LOCKED" });
    expect(refusal(await enter(counter, pin))).toEqual({ code: "PIN_LOCKED" });
    counter.clock.atMs += 30 * dayMs;
    expect(refusal(await enter(counter, pin))).toEqual({ code: "PIN_LOCKED" });
    value(await counter.signIn({ userName: "chen", password: "chen-secret" }));
    expect((await enter(counter, pin)).ok).toBe(true);
  });

  it("stays locked when somebody pulls the plug", async () => {
    const first = openWithStaffCard();
    for (let i = 0; i < 3; i++) refusal(await enter(first, wrongPin));
    first.close();
    expect(refusal(await enter(openCounter({ file: first.file }), pin))).toEqual({ code: "PIN_LOCKED" });
  });

  // The attack: a script sends a hundred PINs before the first has been looked at.
  it("is tried three times, however many PINs come at once", async () => {
    const counter = openWithStaffCard();
    const { cardHandle } = swipeStaff(counter);
    const answers = await Promise.all(Array.from({ length: 100 }, () => counter.signInByCard({ cardHandle, pin: wrongPin })));
    expect(answers.filter((answer) => !answer.ok && answer.error.code === "WRONG_PIN")).toHaveLength(2);
  });

  it("begins with three tries anew after the right PIN", async () => {
    const counter = openWithStaffCard();
    refusal(await enter(counter, wrongPin));
    value(await enter(counter, pin));
    expect(refusal(await enter(counter, wrongPin))).toEqual({ code: "WRONG_PIN", attemptsLeft: 2 });
  });

  it("tells head office of each wrong PIN, in nobody's name and without a word of what was typed", async () => {
    const counter = openWithStaffCard();
    refusal(await enter(counter, wrongPin));
    value(await enter(counter, pin));
    const [told, ...others] = counter.store.read((view) => view.operations.list({ types: ["staff.pin_wrong"], limit: 9 }));
    expect(others).toEqual([]);
    expect(told?.body).toMatchObject({ by: "station", d: { staffId: clerk.staffId } });
    expect(JSON.stringify(told)).not.toContain(wrongPin);
  });

  it("whose PIN head office has blocked opens nothing, though the PIN is right and no try was made here", async () => {
    const counter = openWithStaffCard();
    const { cardHandle } = swipeStaff(counter);
    counter.hear("staff", clerk.staffId, withCard({ pinBlockedAtMs: counter.clock.atMs }));
    expect(refusal(await counter.signInByCard({ cardHandle, pin }))).toEqual({ code: "PIN_BLOCKED" });
    expect(swipeStaff(counter).pin).toBe("blocked");
    expect(counter.operations()).toEqual([]);
    expect((await counter.signIn({ userName: "chen", password: "chen-secret" })).ok).toBe(true);
    expect(refusal(await enter(counter, pin))).toEqual({ code: "PIN_BLOCKED" });
  });

  it("locked here is taken again once head office tells that the lock is off or the PIN another one (U-04)", async () => {
    const counter = openWithStaffCard();
    for (let i = 0; i < 3; i++) refusal(await enter(counter, wrongPin));
    counter.clock.atMs += 1000;
    counter.hear("staff", clerk.staffId, withCard({ pinResetAtMs: counter.clock.atMs }));
    expect((await enter(counter, pin)).ok).toBe(true);
  });

  it("without a PIN opens nothing, whatever is typed", async () => {
    const counter = openWithStaffCard();
    counter.hear("staff", clerk.staffId, withCard({ pin: null }));
    expect(swipeStaff(counter).pin).toBe("none");
    expect(refusal(await enter(counter, pin))).toMatchObject({ code: "WRONG_PIN" });
  });

  it("of an account that was switched off is a card like any other, even between the swipe and the PIN", async () => {
    const counter = openWithStaffCard();
    const { cardHandle } = swipeStaff(counter);
    counter.hear("staff", clerk.staffId, withCard({ isActive: false }));
    expect(refusal(await counter.signInByCard({ cardHandle, pin }))).toEqual({ code: "HANDLE_EXPIRED" });
    expect(swipe(counter)).toMatchObject({ type: "cardRefused", code: "CARD_UNKNOWN_HERE" });
  });

  it("gives only the counter's daily bread when head office was not heard for the days that the role is trusted", async () => {
    const counter = openWithStaffCard();
    counter.clock.atMs += 14 * dayMs + 1;
    const restricted = value(await enter(counter, pin));
    expect(restricted.isRestricted).toBe(true);
    expect(permissionsOf(restricted)).not.toContain("points.void");
  });

  it("is issued to no member", () => {
    const counter = openWithStaffCard();
    const issue = { requestId: uuidv7(), memberId: counter.member({ card: null }).memberId, card: { number: staffNumber } };
    expect(refusal(counter.issueCard(issue, clerk))).toMatchObject({ code: "CARD_TAKEN" });
  });
});

describe("choosing a PIN", () => {
  it("sends head office a verifier that only the PIN and the company's key open", async () => {
    const verifier = await argon2Pins.makeVerifier(pin, directoryKey);
    expect(verifier).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await argon2Pins.verify(verifier, pin, directoryKey)).toBe(true);
    expect(await argon2Pins.verify(verifier, wrongPin, directoryKey)).toBe(false);
    expect(await argon2Pins.verify(verifier, pin, Buffer.alloc(32, 9))).toBe(false);
    expect(await argon2Pins.verify("damaged", pin, directoryKey)).toBe(false);
  });

  it("needs the password, and refuses a PIN that is easy to guess before it asks anybody", async () => {
    const counter = openWithStaffCard();
    const sent: unknown[] = [];
    counter.line.act = async (act) => {
      sent.push(act);
      return { ok: true, value: { verdict: "applied", reply: {} } };
    };
    expect(refusal(await counter.setPin({ password: "chen-secret", pin: "123456" }, clerk))).toEqual({ code: "PIN_GUESSABLE" });
    expect(refusal(await counter.setPin({ password: "guess", pin: "369025" }, clerk))).toMatchObject({ code: "WRONG_CREDENTIALS" });
    expect(sent).toEqual([]);
    value(await counter.setPin({ password: "chen-secret", pin: "369025" }, clerk));
    expect(sent).toMatchObject([{ type: "account.setPin", by: clerk.staffId, body: { verifier: plainPinVerifier("369025") } }]);
  });
});
