import { makeStatus } from "#main/app/session/status.ts";
import { describe, expect, it } from "vitest";
import { Fault } from "#main/app/ports/fault.ts";
import type { DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import type { PullFrame, PushRequest } from "#shared/contracts/sync/wire.ts";
import { clerk, teaPlan, value, type TestCounter } from "#test/support/counter.ts";
import { asLines, profile } from "#test/support/fake-head-office.ts";
import { openLine } from "./open-line.ts";

const sentSeqs = (pushes: readonly unknown[]): number[][] => (pushes as PushRequest[]).map(({ ops }) => ops.map(({ seq }) => seq));
const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const cause: unknown = await work.then(
    () => "nothing was thrown",
    (thrown: unknown) => thrown,
  );
  return cause instanceof Fault ? cause.code : String(cause);
};

const stranger: DirectoryRecord = {
  memberId: "01931b66-7a00-7000-8000-00000000ffff",
  memberNumber: "M-900001",
  nameMasked: "李*",
  state: "active",
  homeBranch: "east",
  phone: null,
  cards: [],
};

describe("handing over operations", () => {
  it("sends all of them in order, once, signed and chained", async () => {
    const { office, counter, round, waiting } = await openLine();
    const { memberId } = counter.member();
    counter.give(memberId, 60);
    expect(waiting()).toBe(3);
    expect(await round()).toEqual({ ok: true, value: null });
    expect(waiting()).toBe(0);
    expect(sentSeqs(office.asked("push"))).toEqual([[1, 2, 3]]);
    counter.give(memberId, 40);
    await round();
    await round();
    expect(sentSeqs(office.asked("push"))).toEqual([[1, 2, 3], [4]]);
    expect(counter.journal(clerk).map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => "confirmed"));
  });

  it("settles by the answer to the second try when the first answer was lost", async () => {
    const { office, counter, exchange, round, waiting } = await openLine();
    const { memberId } = counter.member();
    office.settings.judge = ({ t }) => (t === "card.issue" ? { verdict: "quarantined", code: "CARD_TAKEN" } : { verdict: "applied" });
    office.plant("push", { kind: "loseAnswer" });
    expect(await faultOf(round())).toBe("NO_LINE");
    expect([waiting(), office.received.length]).toEqual([2, 2]);
    exchange.forgetSession();
    counter.give(memberId, 60);
    expect((await round()).ok).toBe(true);
    // Head office's receipt says 2: only what is new is sent, and the two before it are asked for by their numbers.
    expect(office.received).toHaveLength(3);
    expect(waiting()).toBe(0);
    expect(counter.journal(clerk).map(({ kind, state }) => [kind, state])).toEqual([
      ["award", "confirmed"],
      ["cardIssued", "quarantined"],
      ["memberCreated", "confirmed"],
    ]);
  });

  it("goes back to where head office is when that has lost its tail", async () => {
    const { office, counter, exchange, round, waiting } = await openLine();
    const { memberId } = counter.member();
    await round();
    office.restoreWithout(1);
    counter.give(memberId, 60);
    expect((await round()).ok).toBe(true);
    // It may have lost grants too, so what follows is another life's.
    await exchange.handOver();
    expect(office.received).toHaveLength(3);
    expect(waiting()).toBe(0);
  });

  it("fills a gap that only the answer to a push told of", async () => {
    const { office, counter, round } = await openLine();
    counter.member();
    await round();
    counter.member();
    office.received.splice(1);
    expect((await round()).ok).toBe(true);
    expect(sentSeqs(office.asked("push"))).toEqual([
      [1, 2],
      [3, 4],
      [2, 3, 4],
    ]);
  });

  it("does not ask for ever when head office asks for the same again and again", async () => {
    const { office, counter, round } = await openLine();
    counter.member();
    office.plant("push", ...Array.from({ length: 50 }, () => ({ kind: "refuse", status: 409, code: "GAP", data: { ackSeq: 0 } }) as const));
    expect(await faultOf(round())).toBe("NO_LINE");
    expect(office.asked("push")).toHaveLength(1);
  });

  it("goes on as another life when head office has another operation under the same number", async () => {
    const { office, counter, round } = await openLine();
    counter.member();
    await round();
    const [, last] = office.received;
    if (last) office.received[1] = { ...last, hash: "00".repeat(32) };
    counter.member();
    const life = counter.store.read((view) => view.identity()?.incarnation);
    expect(await round()).toEqual({ ok: true, value: null });
    expect(counter.store.read((view) => view.identity())).toMatchObject({ earlierLives: [{ incarnation: life, operations: 4 }] });
    const asAnother = office.asked("hello").filter((hello) => (hello as { incarnation: string }).incarnation !== life);
    expect(asAnother).toMatchObject([{ forkedFrom: { incarnation: life, seq: 4 }, headSeq: 0 }]);
  });

  it("cuts a batch in halves until it is small enough", async () => {
    const { office, counter, round, waiting } = await openLine();
    for (let i = 0; i < 4; i++) counter.member();
    office.settings.operationsAtOnce = 2;
    expect((await round()).ok).toBe(true);
    expect(sentSeqs(office.asked("push")).map(({ length }) => length)).toEqual([8, 4, 2, 2, 2, 2]);
    expect(waiting()).toBe(0);
  });

  it("does not send one operation for ever that is too large by itself", async () => {
    const { office, counter, round, waiting } = await openLine();
    counter.member();
    office.settings.operationsAtOnce = 0;
    expect(await faultOf(round())).toBe("NO_LINE");
    expect(office.asked("push")).toHaveLength(2);
    expect(waiting()).toBe(2);
  });

  it("hands over what an earlier life wrote in batches that the line takes", async () => {
    const { office, counter, exchange, round, waiting } = await openLine();
    for (let i = 0; i < 2; i++) counter.member();
    counter.store.repair((tx) => tx.beginLife("00000000000000b2"));
    office.settings.operationsAtOnce = 1;
    await round();
    await exchange.handOver();
    expect(sentSeqs(office.asked("push"))).toEqual([[1, 2, 3, 4], [1, 2], [1], [2], [3], [4]]);
    expect(waiting()).toBe(0);
  });

  it("hands over in the form that every head office takes where this program is too old for the rest, and again after the upgrade", async () => {
    const { office, counter, round, waiting } = await openLine();
    const { memberId } = counter.member();
    office.settings.verdict = "UPGRADE";
    expect(await round()).toEqual({ ok: false, error: "UPGRADE" });
    counter.give(memberId, 60);
    expect(await round()).toEqual({ ok: false, error: "UPGRADE" });
    expect(office.received).toHaveLength(3);
    expect(office.asked("envelope")).toHaveLength(2);
    expect(waiting()).toBe(3);
    office.settings.verdict = "ok";
    expect((await round()).ok).toBe(true);
    expect([waiting(), office.received.length]).toEqual([0, 3]);
  });

  it("asks less of a line that does not answer, and more again once it does", async () => {
    const { office, counter, round, waiting } = await openLine();
    for (let i = 0; i < 4; i++) counter.member();
    const halvings = 7;
    office.plant("push", ...Array.from({ length: halvings }, () => ({ kind: "refuse", status: 503, code: "INTERNAL" }) as const));
    for (let i = 0; i < halvings; i++) expect(await faultOf(round())).toBe("NO_LINE");
    expect((await round()).ok).toBe(true);
    expect(sentSeqs(office.asked("push").slice(halvings)).map(({ length }) => length)).toEqual([1, 2, 4, 1]);
    expect(waiting()).toBe(0);
  });

  it("hears of others before a queue that takes several batches, and after each ten of them", async () => {
    const { office, counter, exchange, round, waiting } = await openLine();
    for (let i = 0; i < 12; i++) counter.member();
    // A line that carried nothing until now is asked to carry one at a time.
    office.plant("push", ...Array.from({ length: 7 }, () => ({ kind: "refuse", status: 503, code: "BUSY" }) as const));
    for (let i = 0; i < 7; i++) expect(await faultOf(round())).toBe("NO_LINE");
    office.settings.limits = { maxOperations: 1, maxBytes: 1_048_576 };
    exchange.forgetSession();
    office.publish("dir", "directory", stranger.memberId, stranger);
    const before = office.requests.length;
    expect((await round()).ok).toBe(true);
    const asked = office.requests.slice(before).filter(({ path }) => path === "push" || path === "pull");
    const tens = Array.from({ length: 10 }, () => "push");
    expect(asked.map(({ path }) => path)).toEqual(["pull", ...tens, "pull", ...tens, "pull", ...tens.slice(0, 4), "pull"]);
    // What may contain operations that were sent, and whose answer was lost, waits for the answer.
    const leftOut = asked.flatMap(({ path, body }) => (path === "pull" ? [(body as { without?: string[] }).without] : []));
    expect(leftOut).toEqual([[profile], [profile], [profile], undefined]);
    expect(asked.filter(({ path }) => path === "pull")[1]?.body).toMatchObject({ cursors: { dir: 1 } });
    expect(waiting()).toBe(0);
  });

  it("hands over a long queue though nothing can be heard before it", async () => {
    const { office, counter, exchange, round, waiting } = await openLine();
    counter.member();
    office.plant("push", ...Array.from({ length: 8 }, () => ({ kind: "refuse", status: 503, code: "BUSY" }) as const));
    for (let i = 0; i < 8; i++) expect(await faultOf(round())).toBe("NO_LINE");
    exchange.forgetSession();
    office.plant("pull", { kind: "refuse", status: 503, code: "BUSY" });
    expect((await round()).ok).toBe(true);
    expect(waiting()).toBe(0);
  });

  it("keeps within the limits that head office announced", async () => {
    const { office, counter, round } = await openLine();
    for (let i = 0; i < 3; i++) counter.member();
    office.settings.limits = { maxOperations: 4, maxBytes: 1_048_576 };
    await round();
    expect(sentSeqs(office.asked("push"))).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });
});

describe("a conversation", () => {
  it("renews a token that expired, once", async () => {
    const { office, counter, round } = await openLine();
    await round();
    counter.member();
    office.plant("push", { kind: "refuse", status: 401, code: "TOKEN" });
    expect((await round()).ok).toBe(true);
    expect(office.asked("hello")).toHaveLength(2);
    expect(office.received).toHaveLength(2);
  });

  it("does not renew for ever", async () => {
    const { office, counter, round } = await openLine();
    counter.member();
    office.plant("push", { kind: "refuse", status: 401, code: "TOKEN" }, { kind: "refuse", status: 401, code: "TOKEN" });
    expect(await faultOf(round())).toBe("NO_LINE");
    expect(office.asked("hello")).toHaveLength(2);
  });

  it("is not had with another head office at the same address", async () => {
    const { office, counter, round, waiting } = await openLine();
    counter.member();
    office.settings.serverId = "another";
    expect(await round()).toEqual({ ok: false, error: "UNKNOWN_REPLICA" });
    expect(office.asked("push")).toEqual([]);
    expect(waiting()).toBe(2);
  });

  it.each(["FORK", "ROLLED_BACK", "FENCED", "SUPERSEDED", "SUSPENDED", "UPGRADE"] as const)(
    "stops when head office says %s",
    async (verdict) => {
      const { office, counter, round } = await openLine();
      counter.member();
      office.settings.verdict = verdict;
      expect(await round()).toEqual({ ok: false, error: verdict });
      expect(office.asked("push")).toEqual([]);
    },
  );

  it("tells head office what rights are here, as of which operation", async () => {
    const { office, counter, round } = await openLine();
    const { memberId } = counter.member();
    counter.give(memberId, 60);
    await round();
    expect(office.asked("hello")).toMatchObject([
      { headSeq: 3, rights: { count: 1, atSeq: 3, atGno: 0, sum: expect.stringMatching(/^[0-9a-f]{16}$/) } },
    ]);
  });

  it("says for how long head office wants to be left alone, and not for more than ten minutes", async () => {
    const { office, counter, round } = await openLine();
    counter.member();
    for (const [seconds, ms] of [
      ["7", 7_000],
      ["86400", 600_000],
    ] as const) {
      office.plant("push", { kind: "refuse", status: 503, code: "BUSY", headers: { "retry-after": seconds } });
      const cause: unknown = await round().catch((thrown: unknown) => thrown);
      expect(cause).toMatchObject({ code: "NO_LINE", data: { retryAfterMs: ms } });
    }
  });

  it.each([
    ["a full server", { kind: "refuse", status: 503, code: "BUSY" }],
    ["a server that asks to wait", { kind: "refuse", status: 429, code: "TOO_MANY_REQUESTS" }],
    ["a proxy's page", { kind: "answer", body: "<html>sign in to the guest network</html>" }],
    ["a broken line", { kind: "loseAnswer" }],
  ] as const)("takes %s for a line to try later, and accuses nobody", async (_name, trouble) => {
    const { office, counter, round, waiting } = await openLine();
    counter.member();
    office.plant("challenge", trouble);
    expect(["NO_LINE", "BAD_ANSWER"]).toContain(await faultOf(round()));
    expect(waiting()).toBe(2);
    expect((await round()).ok).toBe(true);
  });
});

describe("what head office published", () => {
  const tea = (version: number) => ({ ...teaPlan, version });
  const frame = (g: number, version: number): PullFrame => ({ k: "row", s: "cfg", g, e: "plan", id: "tea", ver: version, d: tea(version) });
  const cur = (g: number, more = false): PullFrame => ({ k: "cur", s: "cfg", g, more });
  const hdr: PullFrame = { k: "hdr", serverEpoch: 1, serverTimeMs: 1, serverHlc: "0000000000000000" };
  const shownVersion = (counter: TestCounter): number | undefined => counter.listPlans()[0]?.version;
  const cursorOf = (counter: TestCounter): number | undefined => counter.store.exchange((tx) => tx.cursors()["cfg"]);

  it("arrives, and is not asked for twice", async () => {
    const { office, counter, round } = await openLine();
    office.publish("cfg", "plan", "tea", tea(2));
    await round();
    expect(shownVersion(counter)).toBe(2);
    await round();
    expect(office.asked("pull")).toMatchObject([{ cursors: { cfg: 0, [profile]: 0 } }, { cursors: { cfg: 1 } }]);
    office.remove("cfg", "plan", "tea");
    await round();
    expect(counter.listPlans()).toEqual([]);
  });

  it("is asked for from where the pages reach that are being written meanwhile", async () => {
    const { office, counter, round } = await openLine();
    office.plant("pull", { kind: "answer", body: asLines([hdr, frame(3, 2), cur(3, true), { k: "end" }]) });
    expect((await round()).ok).toBe(true);
    expect(office.asked("pull")).toMatchObject([{ cursors: { cfg: 0 } }, { cursors: { cfg: 3 } }]);
    expect([shownVersion(counter), cursorOf(counter)]).toEqual([2, 3]);
  });

  it("is asked for from the beginning when head office numbers anew while pages are being written", async () => {
    const { office, counter, round } = await openLine();
    await round();
    office.plant("pull", { kind: "answer", body: asLines([hdr, frame(3, 2), cur(3, true), { k: "end" }]) });
    office.restoreWithout(0);
    office.publish("cfg", "plan", "tea", tea(4));
    expect((await round()).ok).toBe(true);
    expect(office.asked("pull").at(-1)).toMatchObject({ serverEpoch: 2, cursors: { cfg: 0 } });
    expect(shownVersion(counter)).toBe(4);
  });

  it("is known in its number before it is here", async () => {
    const { office, counter, exchange } = await openLine();
    const status = makeStatus(counter.ports, {
      line: () => ({ line: "online", refusedBy: null }),
      heads: exchange.heads,
      mirror: () => ({ state: "none", trouble: null, sinceMs: null }),
    });
    expect(status().sync.rowsToCome).toBe(0);
    for (let i = 0; i < 3; i++) office.publish("dir", "directory", stranger.memberId, stranger);
    await exchange.push();
    expect(status().sync.rowsToCome).toBe(3);
    await exchange.pull(0);
    expect(status().sync.rowsToCome).toBe(0);
  });

  it("may be said again without harm", async () => {
    const { office, counter, round } = await openLine();
    const page = asLines([hdr, frame(3, 2), cur(3), { k: "end" }]);
    office.plant("pull", { kind: "answer", body: page }, { kind: "answer", body: page });
    await round();
    const before = counter.database.sqlite.prepare("SELECT * FROM record").all();
    await round();
    expect(counter.database.sqlite.prepare("SELECT * FROM record").all()).toEqual(before);
    expect([shownVersion(counter), cursorOf(counter)]).toEqual([2, 3]);
  });

  it("does not go back to an older page that comes late", async () => {
    const { office, counter, round } = await openLine();
    office.plant(
      "pull",
      { kind: "answer", body: asLines([hdr, frame(5, 3), cur(5), { k: "end" }]) },
      { kind: "answer", body: asLines([hdr, frame(3, 2), cur(3), { k: "end" }]) },
    );
    await round();
    await round();
    expect([shownVersion(counter), cursorOf(counter)]).toEqual([3, 5]);
  });

  it.each([
    ["behind a closed page", asLines([hdr, frame(3, 2), cur(3), frame(4, 9)])],
    ["in the middle of a line", `${asLines([hdr, frame(3, 2), cur(3), frame(4, 9)])}{"k":"cur","s":"cf`],
    ["before its end", asLines([hdr, frame(3, 2), cur(3)])],
  ])("is good as far as its last closed page when it breaks off %s", async (_name, body) => {
    const { office, counter, round } = await openLine();
    office.plant("pull", { kind: "answer", body });
    expect(await faultOf(round())).toBe("NO_LINE");
    expect([shownVersion(counter), cursorOf(counter)]).toEqual([2, 3]);
  });

  it("is refused where it is not of this protocol, and nothing of that page stays", async () => {
    const { office, counter, round } = await openLine();
    office.plant("pull", { kind: "answer", body: `${asLines([hdr, frame(3, 2)])}{"k":"what"}\n${asLines([cur(3), { k: "end" }])}` });
    expect(await faultOf(round())).toBe("BAD_ANSWER");
    expect([shownVersion(counter), cursorOf(counter)]).toEqual([1, undefined]);
  });

  it("is skipped where this version does not know its kind", async () => {
    const { office, counter, round } = await openLine();
    const unknown = ["raffle", "toString"].map((e, i): PullFrame => ({ k: "row", s: "cfg", g: i + 1, e, id: "1", ver: 1, d: {} }));
    office.plant("pull", { kind: "answer", body: asLines([hdr, ...unknown, frame(3, 2), cur(3), { k: "end" }]) });
    expect((await round()).ok).toBe(true);
    expect([shownVersion(counter), cursorOf(counter)]).toEqual([2, 3]);
  });

  it("is all read again after head office was restored and numbers its rows anew", async () => {
    const { office, counter, round } = await openLine();
    for (const version of [1, 2, 3]) office.publish("cfg", "plan", "tea", tea(version));
    await round();
    expect([shownVersion(counter), cursorOf(counter)]).toEqual([3, 3]);
    office.restoreWithout(0, 2);
    office.publish("cfg", "plan", "tea", tea(4));
    expect((await round()).ok).toBe(true);
    expect([shownVersion(counter), cursorOf(counter)]).toEqual([4, 2]);
    await round();
    // The first one, the one that hears of it, and that of the life which begins.
    expect(office.asked("hello")).toHaveLength(3);
  });

  it("counts what a restored head office has lost as not exchanged, until it has it again", async () => {
    // The long poll is the first to notice: before it believes rows that lack what was done at this counter, it hands that over.
    const { office, counter, exchange, round, waiting } = await openLine();
    counter.member();
    await round();
    office.restoreWithout(1);
    office.publish("cfg", "plan", "tea", tea(1));
    office.plant("push", { kind: "loseAnswer" });
    expect(await faultOf(exchange.pull(0))).toBe("NO_LINE");
    expect([waiting(), cursorOf(counter)]).toEqual([2, undefined]);
    expect((await exchange.pull(0)).ok).toBe(true);
    expect(office.received).toHaveLength(2);
    expect(waiting()).toBe(0);
  });

  it("takes back a member that head office would not have", async () => {
    const { office, counter, round } = await openLine();
    const { memberId } = counter.member({ phone: "13812345678" });
    office.settings.judge = ({ t }) => {
      if (t === "member.create") office.remove(profile, "member", memberId);
      return { verdict: "quarantined", code: "MEMBER_EXISTS" };
    };
    await round();
    expect(counter.getMember({ memberId }).ok).toBe(false);
    expect(counter.findMembers({ text: "13812345678" }, clerk).members).toEqual([]);
  });

  it("never shows a balance twice or not at all, whatever is lost between the two", async () => {
    const { office, counter, exchange, round } = await openLine();
    const { memberId } = counter.member();
    const shown = () => value(counter.balance({ memberId })).balance;
    office.settings.judge = ({ t }) => {
      if (t === "points.award") {
        const balance = 60 * (office.received.filter(({ result }) => result.code === "60").length + 1);
        office.publish(profile, "balance", memberId, {
          memberId,
          balance,
          pool: 0,
          rights: [],
          held: 0,
          setAside: [],
          proposed: 0,
          debt: 0,
          lots: [],
        });
        return { verdict: "applied", code: "60" };
      }
      return { verdict: "applied" };
    };
    await round();
    for (const [i, path] of (["push", "pull", "hello", "challenge"] as const).entries()) {
      counter.give(memberId, 60);
      expect(shown()).toBe(60 * (i + 1));
      exchange.forgetSession();
      office.plant(path, { kind: "loseAnswer" });
      expect(await faultOf(round())).toBe("NO_LINE");
      expect(shown()).toBe(60 * (i + 1));
      await round();
      expect(shown()).toBe(60 * (i + 1));
      expect(value(counter.balance({ memberId })).notExchanged).toBe(0);
    }
  });
});
