import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { value } from "#test/support/counter.ts";
import { openApi, refused } from "./open-api.ts";

const chen = { userName: "chen", password: "chen-secret" };
const zhao = { userName: "zhao", password: "zhao-secret" };

async function lockedCounter() {
  const api = openApi();
  const client = await api.signIn("chen");
  const card = api.counter.member();
  const heard: string[] = [];
  const ended = new AbortController();
  const listening = (async () => {
    for await (const event of await client.station.watch(undefined, { signal: ended.signal })) heard.push(event.type);
  })();
  await new Promise<void>((resolve) => setImmediate(resolve));
  await client.session.lock();
  const swipe = { type: "cardRead", readId: uuidv7(), card } as const;
  return {
    ...api,
    client,
    card,
    swipe,
    /** What the locked screen was told, in order. */
    heard: async () => {
      ended.abort();
      await listening.catch(() => undefined);
      return heard;
    },
  };
}

describe("a locked counter", () => {
  // The attack: a customer leans over the counter of a clerk who went to the back room, or a script speaks for the page.
  it("does nothing for anybody, not only on the screen", async () => {
    const { client, card, counter } = await lockedCounter();
    const before = counter.operations();
    const award = { purchase: { receiptNumber: "A-1", amountFen: 6_000 }, ruleId: "purchase", ruleVersion: 1 };
    const calls = [
      client.members.get({ memberId: card.memberId }),
      client.members.find({ text: "王" }),
      client.points.journal(),
      client.points.award({ requestId: uuidv7(), memberId: card.memberId, ...award }),
      client.session.authorise({ permission: "card.block", requestId: uuidv7(), supervisor: zhao }),
      client.session.heldSwipe(),
    ];
    for (const call of calls) expect(await refused(call)).toMatchObject({ code: "NOT_SIGNED_IN" });
    expect(await client.session.current()).toBeNull();
    expect(counter.operations()).toEqual(before);
  });

  it("opens to the person who locked it, and to a colleague", async () => {
    const { client } = await lockedCounter();
    expect(await client.session.signIn(zhao)).toMatchObject({ userName: "zhao" });
    await client.session.lock();
    expect(await client.session.signIn(chen)).toMatchObject({ userName: "chen" });
    expect(await client.points.journal()).not.toEqual([]);
  });

  it("tells the screen of no member, and remembers the newest swipe for whoever comes", async () => {
    const { client, publish, swipe, heard } = await lockedCounter();
    publish(swipe);
    const second = { ...swipe, readId: uuidv7() };
    publish(second);
    publish({ type: "journalChanged" });
    await client.session.signIn(chen);
    expect(await client.session.heldSwipe()).toEqual(second);
    expect(await client.session.heldSwipe()).toBeNull();
    expect(await heard()).toEqual([]);
  });

  it("forgets what was lent to the person who locked it", async () => {
    const { client, counter, card } = await lockedCounter();
    await client.session.signIn(chen);
    const block = { requestId: uuidv7(), memberId: card.memberId, reason: "lost" } as const;
    await client.session.authorise({ permission: "card.block", requestId: block.requestId, supervisor: zhao });
    await client.session.lock();
    await client.session.signIn(chen);
    expect(await refused(client.cards.block(block))).toMatchObject({ code: "FORBIDDEN" });
    expect(value(counter.getMember({ memberId: card.memberId })).card?.state).toBe("active");
  });

  it("remembers no swipe across signing out", async () => {
    const { client, publish, swipe } = await lockedCounter();
    publish(swipe);
    await client.session.signIn(chen);
    await client.session.signOut();
    await client.session.signIn(zhao);
    expect(await client.session.heldSwipe()).toBeNull();
  });
});

describe("a staff card at a locked counter", () => {
  it("is told to the screen, which asks for the PIN, and is not kept as a member's swipe is", async () => {
    const { client, publish, swipe, heard } = await lockedCounter();
    publish(swipe);
    publish({ type: "staffCardRead", readId: uuidv7(), name: "赵明远", cardHandle: "handle", pin: "set" });
    await client.session.signIn(zhao);
    expect(await client.session.heldSwipe()).toEqual(swipe);
    expect(await heard()).toEqual(["staffCardRead"]);
  });
});
