import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { Fault } from "#main/app/ports/fault.ts";
import type { StationDoor } from "#main/app/ports/station-door.ts";
import type { SetupState } from "#shared/contracts/setup.ts";
import type { StationEvent } from "#shared/contracts/station.ts";
import { accountOf, clerk, manager, purchaseRule, quietLog, value } from "#test/support/counter.ts";
import { openApi, refused } from "./open-api.ts";

describe("wrong input", () => {
  const purchase = { receiptNumber: "A-1", amountFen: 6_000 };
  const award = { requestId: uuidv7(), memberId: uuidv7(), purchase, ruleId: "purchase", ruleVersion: 1 };
  const fieldsOf = async (call: Promise<unknown>): Promise<string[]> => {
    const answer = await refused(call);
    expect(answer).toMatchObject({ code: "INVALID_INPUT", defined: true });
    return (answer.data as { issues: { field: string }[] }).issues.map(({ field }) => field);
  };

  it("is answered with the field by its path, and what to enter", async () => {
    const client = await openApi().signIn("chen");
    expect(await fieldsOf(client.points.award({ ...award, purchase: { ...purchase, amountFen: -1 } }))).toEqual(["purchase.amountFen"]);
    expect(await fieldsOf(client.members.create({ requestId: uuidv7(), name: "王", phones: ["call me"] }))).toEqual(["phones.0"]);
    expect(await fieldsOf(client.members.create({ requestId: "1", name: " ", phones: [] }))).toEqual(["requestId", "name", "phones"]);
    const half = { ...award, purchase: { ...purchase, amountFen: 10.5 } };
    const answer = await refused(client.points.award(half));
    expect(answer.data).toEqual({ issues: [{ field: "purchase.amountFen", message: expect.stringMatching(/\w/) }] });
  });

  it("names a field that is missing, and one that nobody asked for", async () => {
    const client = await openApi().signIn("chen");
    const { ruleId: _, ...without } = award;
    expect(await fieldsOf(client.points.award(without as typeof award))).toEqual(["ruleId"]);
    const more = { ...award, points: 1_000_000 };
    expect(await fieldsOf(client.points.award(more))).toEqual(["points"]);
    expect(await fieldsOf(client.points.journal({ memberId: uuidv7() } as Record<never, never>))).toEqual(["memberId"]);
  });

  it("writes nothing", async () => {
    const api = openApi();
    const client = await api.signIn("chen");
    await refused(client.points.award({ ...award, purchase: { ...purchase, amountFen: 0 } }));
    expect(api.counter.operations()).toEqual([]);
  });
});

describe("a refusal", () => {
  it("arrives as the contract's error with the facts that a screen needs", async () => {
    const api = openApi();
    const client = await api.signIn("chen");
    const { memberId } = api.counter.member();
    api.counter.give(memberId, 60);
    const tea = { requestId: uuidv7(), memberId, planId: "tea", planVersion: 1, quantity: 1 };
    expect(await refused(client.redemption.redeem(tea))).toMatchObject({
      code: "INSUFFICIENT_POINTS",
      defined: true,
      data: { costPoints: 80, spendableHere: 60, balance: 60, atHeadOffice: 0, lineIsUp: false },
    });
    expect(await refused(client.members.get({ memberId: uuidv7() }))).toMatchObject({ code: "MEMBER_NOT_FOUND", defined: true });
  });

  it("for a rule that changed brings the new rule as the contract shows rules", async () => {
    const api = openApi();
    const client = await api.signIn("chen");
    const { memberId } = api.counter.member();
    api.counter.hear("rule", "purchase/2", { ...purchaseRule, version: 2 });
    const purchase = { receiptNumber: "A-1", amountFen: 6_000 };
    const answer = await refused(client.points.award({ requestId: uuidv7(), memberId, purchase, ruleId: "purchase", ruleVersion: 1 }));
    expect(answer).toMatchObject({ code: "RULE_CHANGED", defined: true, data: { rule: { ruleId: "purchase", version: 2 } } });
  });

  it("of somebody else's void names the author", async () => {
    const api = openApi();
    const { opId } = api.counter.give(api.counter.member().memberId, 60);
    const client = await api.signIn("lin");
    const answer = await refused(client.points.void({ requestId: uuidv7(), undoes: opId, reason: "x" }));
    expect(answer).toMatchObject({ code: "NOT_THE_AUTHOR", defined: true, data: { author: "陈雨桐", permission: "points.void_others" } });
  });
});

describe("a session", () => {
  it("belongs to its connection, and to no other", async () => {
    const api = openApi();
    const first = await api.signIn("chen");
    const second = api.connect();
    expect(await first.session.current()).toMatchObject({ staffId: clerk.staffId, displayName: "陈雨桐", role: "clerk" });
    expect(await second.session.current()).toBeNull();
    expect(await refused(second.points.journal())).toMatchObject({ code: "NOT_SIGNED_IN" });
    await first.session.signOut();
    expect(await first.session.current()).toBeNull();
    expect(await refused(first.points.journal())).toMatchObject({ code: "NOT_SIGNED_IN" });
  });

  it("is refused with a count of what is left, and then with a time", async () => {
    const client = openApi().connect();
    const wrong = { userName: "chen", password: "guess" };
    for (const attemptsLeft of [4, 3, 2, 1])
      expect(await refused(client.session.signIn(wrong))).toMatchObject({ code: "WRONG_CREDENTIALS", data: { attemptsLeft } });
    expect(await refused(client.session.signIn(wrong))).toMatchObject({ code: "ACCOUNT_LOCKED", defined: true });
    expect(await client.session.current()).toBeNull();
  });

  it("ends with the account, at the next call", async () => {
    const api = openApi();
    const client = await api.signIn("chen");
    expect(await client.points.journal()).toEqual([]);
    api.counter.hear("staff", clerk.staffId, { ...accountOf(clerk), isActive: false });
    expect(await refused(client.points.journal())).toMatchObject({ code: "NOT_SIGNED_IN" });
    expect(await client.session.current()).toBeNull();
  });

  it("has the rights that the person has now", async () => {
    const api = openApi();
    const client = await api.signIn("zhao");
    expect(await client.points.proposals()).toEqual([]);
    api.counter.hear("staff", manager.staffId, { ...accountOf(manager), role: "clerk" });
    expect(await refused(client.points.proposals())).toMatchObject({ code: "FORBIDDEN", data: { permission: "proposal.read" } });
    expect((await client.session.current())?.permissions).not.toContain("proposal.read");
  });

  it("cannot begin at a station that nobody set up", async () => {
    const empty: SetupState = { state: "empty", isSample: false, progress: null, hasFailed: false, sampleAccounts: [] };
    const api = openApi({ door: { setupState: () => empty } });
    const right = { userName: "chen", password: "chen-secret" };
    expect(await refused(api.connect().session.signIn(right))).toMatchObject({ code: "NOT_ENROLLED", defined: true });
  });
});

describe("a call that goes wrong", () => {
  const failing = (cause: unknown): Partial<StationDoor> => ({
    exchangeNow: () => Promise.reject(cause),
  });

  it("by a mistake of ours is told by a number, and by nothing else", async () => {
    const logged: Readonly<Record<string, unknown>>[] = [];
    const log = { ...quietLog, error: (facts: Readonly<Record<string, unknown>>) => void logged.push(facts) };
    const api = openApi({ door: failing(new TypeError("cannot read 王小明 of undefined")), log });
    const client = await api.signIn("chen");
    const answer = await refused(client.sync.exchange({}));
    expect(answer).toMatchObject({ code: "INTERNAL", defined: true, data: { incident: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(JSON.stringify(answer)).not.toMatch(/王小明|undefined|TypeError/);
    expect(logged).toMatchObject([
      { incident: (answer.data as { incident: string }).incident, procedure: "sync.exchange", error: "TypeError" },
    ]);
  });

  it("by an answer that breaks the contract is a mistake of ours, too", async () => {
    const api = openApi({ door: { exchangeNow: async () => ({ surprise: true }) as never } });
    const client = await api.signIn("chen");
    expect(await refused(client.sync.exchange({}))).toMatchObject({ code: "INTERNAL", defined: true });
  });

  it("by a full disk says so", async () => {
    const api = openApi();
    const client = await api.signIn("chen");
    const { sqlite } = api.counter.database;
    sqlite.pragma(`max_page_count = ${Number(sqlite.pragma("page_count", { simple: true }))}`);
    const enter = async () => {
      for (let i = 10; ; i++) await client.members.create({ requestId: uuidv7(), name: "王小明", phones: [`139000000${i}`] });
    };
    expect(await refused(enter())).toMatchObject({ code: "STORAGE_FULL", defined: true });
  });

  it.each(["STORAGE_READ_ONLY", "STORAGE_BUSY", "STORAGE_DAMAGED", "STORAGE_FAILING"])("by a disk with %s says so", async (code) => {
    const api = openApi({ door: failing(new Fault(code)) });
    const client = await api.signIn("chen");
    expect(await refused(client.sync.exchange({}))).toMatchObject({ code, defined: true });
  });

  it("by a door that closed meanwhile asks to sign in again", async () => {
    const api = openApi({ door: failing(new Fault("NOT_ENROLLED")) });
    const client = await api.signIn("chen");
    expect(await refused(client.sync.exchange({}))).toMatchObject({ code: "NOT_SIGNED_IN", defined: true });
  });
});

it("whom the recovery key was shown to stands in the log, and the key does not", async () => {
  const logged: unknown[] = [];
  const api = openApi({ log: { ...quietLog, warn: (facts) => logged.push(facts) } });
  api.counter.hear("staff", clerk.staffId, { ...accountOf(clerk), role: "administrator", branchId: null });
  const client = await api.signIn("chen");
  expect(await client.upkeep.recoveryKey({})).toEqual({ recoveryKey: "0000-0000" });
  expect(logged).toEqual([{ code: "RECOVERY_KEY_SHOWN", staffId: clerk.staffId }]);
});

describe("the stream of a screen", () => {
  const journalChanged: StationEvent = { type: "journalChanged" };

  function openSwiping() {
    const api = openApi();
    const card = api.counter.member();
    const swipe = (readId: string): StationEvent => ({ type: "cardRead", readId, card: value(api.counter.getMember(card)) });
    return { api, swipe, memberChanged: { type: "memberChanged", memberId: card.memberId } as const };
  }
  /** Reads until as many events have come. */
  async function take(events: AsyncIterator<StationEvent>, count: number): Promise<StationEvent[]> {
    const taken: StationEvent[] = [];
    while (taken.length < count) {
      const next = await events.next();
      if (next.done) break;
      taken.push(next.value);
    }
    return taken;
  }

  it("shows swipes to whoever is signed in, and only the strip to everybody else", async () => {
    const { api, swipe, memberChanged } = openSwiping();
    const breakOff = new AbortController();
    const strangers = await api.connect().station.watch(undefined, { signal: breakOff.signal });
    const clerks = await (await api.signIn("chen")).station.watch(undefined, { signal: breakOff.signal });
    const [toStranger, toClerk] = [take(strangers, 1), take(clerks, 4)];
    await expect.poll(() => api.listeners.size, { interval: 1 }).toBe(2);
    const status: StationEvent = { type: "status", status: api.status() };
    for (const event of [swipe("1"), memberChanged, journalChanged, status]) api.publish(event);
    expect((await toClerk).map(({ type }) => type)).toEqual(["cardRead", "memberChanged", "journalChanged", "status"]);
    expect((await toStranger).map(({ type }) => type)).toEqual(["status"]);
    breakOff.abort();
    expect(api.listeners.size).toBe(0);
  });

  it("shows nothing more after signing out, although it stays open", async () => {
    const { api, swipe } = openSwiping();
    const client = await api.signIn("chen");
    const breakOff = new AbortController();
    const events = await client.station.watch(undefined, { signal: breakOff.signal });
    const taken = take(events, 2);
    await expect.poll(() => api.listeners.size, { interval: 1 }).toBe(1);
    api.publish(swipe("1"));
    await client.session.signOut();
    api.publish(swipe("2"));
    api.publish({ type: "status", status: api.status() });
    expect((await taken).map(({ type }) => type)).toEqual(["cardRead", "status"]);
    breakOff.abort();
  });

  it("lets go of the station when the caller breaks off, and when it stops reading", async () => {
    const { api } = openSwiping();
    const breakOff = new AbortController();
    const events = await api.connect().station.watch(undefined, { signal: breakOff.signal });
    const waiting = take(events, 1);
    await expect.poll(() => api.listeners.size, { interval: 1 }).toBe(1);
    breakOff.abort();
    expect(await waiting).toEqual([]);
    expect(api.listeners.size).toBe(0);
  });
});
