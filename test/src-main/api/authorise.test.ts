import { describe, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { cardHash } from "#main/db/stores/directory.ts";
import { accountOf, cardNumber, clerk, directoryKey, manager } from "#test/support/counter.ts";
import { plainPinVerifier } from "#test/support/plain-pins.ts";
import { openApi, refused } from "./open-api.ts";

const zhao = { userName: "zhao", password: "zhao-secret" };
const minuteMs = 60_000;

/** A clerk is signed in, a member with a card is there, and the request id of a block has been minted. */
async function clerkWithMember() {
  const api = openApi();
  const client = await api.signIn("chen");
  const { memberId } = api.counter.member();
  const block = { requestId: uuidv7(), memberId, reason: "lost" } as const;
  const lend = { permission: "card.block", requestId: block.requestId, supervisor: zhao } as const;
  return { ...api, client, memberId, block, lend };
}

describe("an act that the clerk may not do alone", () => {
  it("is done with a supervisor at hand, who is named in the record; nobody is signed out", async () => {
    const { client, counter, block, lend } = await clerkWithMember();
    expect(await refused(client.cards.block(block))).toMatchObject({ code: "FORBIDDEN", data: { permission: "card.block" } });
    expect(await client.session.authorise(lend)).toEqual({ supervisor: "赵明远", untilMs: counter.clock.atMs + 5 * minuteMs });
    expect((await client.cards.block(block)).card).toMatchObject({ state: "blocked" });
    expect(counter.store.read((view) => view.operations.find(block.requestId))?.body).toMatchObject({
      by: clerk.staffId,
      second: manager.staffId,
    });
    expect(await client.session.current()).toMatchObject({ staffId: clerk.staffId });
  });

  it("answers a lost answer's second try as the first", async () => {
    const { client, block, lend, counter } = await clerkWithMember();
    await client.session.authorise(lend);
    await client.cards.block(block);
    await client.cards.block(block);
    expect(counter.operations().filter((type) => type === "card.block")).toHaveLength(1);
  });

  it("is authorised alone: neither another act, nor another kind of act", async () => {
    const { client, counter, block, lend } = await clerkWithMember();
    await client.session.authorise(lend);
    const other = { requestId: uuidv7(), memberId: counter.member().memberId, reason: "lost" } as const;
    expect(await refused(client.cards.block(other))).toMatchObject({ code: "FORBIDDEN" });
    const { opId } = counter.give(block.memberId, 60, { ...clerk, staffId: manager.staffId });
    const undo = { requestId: block.requestId, undoes: opId, reason: "x" };
    expect(await refused(client.points.void(undo))).toMatchObject({ code: "NOT_THE_AUTHOR" });
    expect(await refused(client.points.proposals())).toMatchObject({ code: "FORBIDDEN" });
  });

  it("has to be done within five minutes", async () => {
    const { client, counter, block, lend } = await clerkWithMember();
    await client.session.authorise(lend);
    counter.clock.atMs += 5 * minuteMs + 1;
    expect(await refused(client.cards.block(block))).toMatchObject({ code: "FORBIDDEN" });
  });

  it("is not done any more for a supervisor who was switched off meanwhile", async () => {
    const { client, counter, block, lend } = await clerkWithMember();
    await client.session.authorise(lend);
    counter.hear("staff", manager.staffId, { ...accountOf(manager), isActive: false });
    expect(await refused(client.cards.block(block))).toMatchObject({ code: "FORBIDDEN" });
  });

  // The attack: a second window, or whoever signs in next, uses what was lent to somebody else.
  it("is authorised on this connection and for this person only", async () => {
    const { client, signIn, block, lend } = await clerkWithMember();
    await client.session.authorise(lend);
    const elsewhere = await signIn("chen");
    expect(await refused(elsewhere.cards.block(block))).toMatchObject({ code: "FORBIDDEN" });
    await client.session.signIn({ userName: "lin", password: "lin-secret" });
    expect(await refused(client.cards.block(block))).toMatchObject({ code: "FORBIDDEN" });
  });

  it("undoes what another clerk recorded", async () => {
    const { client, counter, memberId } = await clerkWithMember();
    const { opId } = counter.give(memberId, 60, { ...clerk, staffId: manager.staffId });
    const undo = { requestId: uuidv7(), undoes: opId, reason: "typed twice" };
    const { data } = await refused(client.points.void(undo));
    expect(data).toMatchObject({ permission: "points.void_others" });
    await client.session.authorise({ permission: "points.void_others", requestId: undo.requestId, supervisor: zhao });
    expect(await client.points.void(undo)).toMatchObject({ points: -60 });
  });
});

describe("a supervisor", () => {
  it("proves it like somebody who signs in, and is locked out alike", async () => {
    const { client, lend } = await clerkWithMember();
    const wrong = { ...lend, supervisor: { ...zhao, password: "guess" } };
    for (const attemptsLeft of [4, 3, 2, 1])
      expect(await refused(client.session.authorise(wrong))).toMatchObject({ code: "WRONG_CREDENTIALS", data: { attemptsLeft } });
    expect(await refused(client.session.authorise(wrong))).toMatchObject({ code: "ACCOUNT_LOCKED" });
    expect(await refused(client.session.authorise(lend))).toMatchObject({ code: "ACCOUNT_LOCKED" });
  });

  it("is somebody else, and somebody who may", async () => {
    const { client, lend } = await clerkWithMember();
    const chen = { userName: "chen", password: "chen-secret" };
    expect(await refused(client.session.authorise({ ...lend, supervisor: chen }))).toMatchObject({ code: "OWN_SUPERVISOR" });
    const lin = { userName: "lin", password: "lin-secret" };
    expect(await refused(client.session.authorise({ ...lend, supervisor: lin }))).toMatchObject({
      code: "NOT_A_SUPERVISOR",
      data: { permission: "card.block" },
    });
  });

  it("whom head office was not heard about for a week has nothing to lend", async () => {
    const { client, counter, lend } = await clerkWithMember();
    counter.clock.atMs += 8 * 24 * 60 * minuteMs;
    expect(await refused(client.session.authorise(lend))).toMatchObject({ code: "NOT_A_SUPERVISOR" });
  });

  it("proves it by staff card and PIN as well; a wrong PIN counts as at the sign-in (U-03)", async () => {
    const { client, counter, block, lend } = await clerkWithMember();
    const staffNumber = cardNumber(901);
    counter.hear("staff", manager.staffId, {
      ...accountOf(manager),
      card: { hash: cardHash(directoryKey, staffNumber), last4: staffNumber.slice(-4) },
      pin: plainPinVerifier("258014"),
    });
    const byCard = (pin: string) => ({ ...lend, supervisor: { cardHandle: counter.ports.handles.keep(staffNumber), pin } });
    for (const attemptsLeft of [2, 1])
      expect(await refused(client.session.authorise(byCard("258015")))).toMatchObject({ code: "WRONG_PIN", data: { attemptsLeft } });
    expect(await client.session.authorise(byCard("258014"))).toMatchObject({ supervisor: manager.displayName });
    expect((await client.cards.block(block)).card).toMatchObject({ state: "blocked" });
    expect(counter.store.read((view) => view.operations.find(block.requestId))?.body).toMatchObject({ second: manager.staffId });
    for (let i = 0; i < 3; i++) await refused(client.session.authorise(byCard("258015")));
    expect(await refused(client.session.authorise(byCard("258014")))).toMatchObject({ code: "PIN_LOCKED" });
  });
});
