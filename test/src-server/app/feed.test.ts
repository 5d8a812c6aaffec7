import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import { openStore } from "#server/db/open-store.ts";
import type { PullFrame } from "#shared/contracts/sync/wire.ts";
import { openCompany, testDatabaseKey, type Company } from "#test/support/company.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

describe("what head office publishes", () => {
  const database = withDatabase();
  let company: Company;
  let memberNumber = 0;
  const nextNumber = () => String(30_000_000_000 + ++memberNumber);

  beforeAll(async () => {
    company = await openCompany(database.url);
  });
  afterAll(() => company.close());

  const pullOnce = async (
    station: SimulatedStation,
    asked: { cursors?: Record<string, number>; maxBytes?: number; waitMs?: number; serverEpoch?: number } = {},
    aborted = new AbortController().signal,
  ) => {
    const { replica, incarnation, cursors } = station;
    const request = { replica, incarnation, cursors, serverEpoch: 1, maxBytes: 1_000_000, waitMs: 0, ...asked };
    return company.office.sync.pull(station.token(), request, aborted);
  };
  const somebodyWaitsForALock = async () => {
    const question = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while ((await company.database.query(question)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const moved = (frames: readonly PullFrame[]) =>
    frames.flatMap((frame) => (frame.k === "row" || frame.k === "del" ? [`${frame.k} ${frame.e}`] : []));

  it("sends a station's own stream first, each stream in order, and says where it stands", async () => {
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    a.award(member, 900, { toRight: 0 });
    await a.push();

    const frames = expectOk(await pullOnce(a));
    expect(frames[0]).toMatchObject({ k: "hdr", serverEpoch: 1 });
    expect(frames.at(-1)).toEqual({ k: "end" });
    const streams = frames.flatMap((frame) => (frame.k === "cur" ? [frame.s] : []));
    expect(streams).toEqual([`me/${a.replica}`, "cfg", "dir", a.profile]);
    for (const stream of streams) {
      const numbers = frames.flatMap((frame) => ((frame.k === "row" || frame.k === "del") && frame.s === stream ? [frame.g] : []));
      expect(numbers).toEqual(numbers.toSorted((x, y) => x - y));
    }
    await a.pull();
    expect(moved(expectOk(await pullOnce(a)))).toEqual([]);
  });

  it("delivers a little at a time when little is asked for, and nothing is left out", async () => {
    // A slow line: the station takes pages of two kilobytes and ends with the same rows.
    const a = await company.station("A");
    const patient = await company.station("A");
    const members = Array.from({ length: 30 }, () => a.createMember(nextNumber()));
    await a.push();
    await a.pull();

    const seen = new Set<string>();
    const cursors: Record<string, number> = {};
    for (let pages = 0; ; pages++) {
      const frames = expectOk(await pullOnce(patient, { cursors, maxBytes: 2000 }));
      expect(frames.filter(({ k }) => k === "row").length).toBeLessThan(30);
      for (const frame of frames) {
        if (frame.k === "row") seen.add(`${frame.e}/${frame.id}`);
        if (frame.k === "cur") cursors[frame.s] = frame.g;
      }
      if (!frames.some((frame) => frame.k === "cur" && frame.more)) break;
      expect(pages).toBeLessThan(500);
    }
    for (const member of members) {
      for (const kind of ["member", "balance", "directory"]) expect(seen).toContain(`${kind}/${member}`);
    }
  });

  it("delivers a stream that is longer than what is looked up at once: each row once, in order, in one page or in several", async () => {
    const a = await company.station("A");
    const members = Array.from({ length: 300 }, () => a.createMember(nextNumber()));
    await a.push();
    const rowsOf = (frames: readonly PullFrame[]) =>
      frames.flatMap((frame) => ((frame.k === "row" || frame.k === "del") && frame.s === a.profile ? [frame] : []));

    const atOnce = rowsOf(expectOk(await pullOnce(a, { maxBytes: 8_000_000 })));
    const ofMembers = new Set(atOnce.flatMap(({ e, id }) => (e === "member" ? [id] : [])));
    expect(members.filter((member) => !ofMembers.has(member))).toEqual([]);
    expect(atOnce.length).toBeGreaterThan(600);
    expect(atOnce.map(({ g }) => g)).toEqual([...new Set(atOnce.map(({ g }) => g))].toSorted((x, y) => x - y));

    expect(rowsOf(await a.pull(60_000))).toEqual(atOnce);
  });

  it("tells a branch everything about a member who comes there for the first time", async () => {
    // A member of A with a card and a proposal buys something at B: now B needs to know them, and C still does not.
    const a = await company.station("A");
    const b = await company.station("B");
    const member = a.createMember(nextNumber());
    a.issueCard(member, "6000000000000001");
    const proposal = a.propose(member, 800);
    await a.push();
    await b.pull();
    expect(b.row("member", member)).toBeUndefined();
    expect(b.row("directory", member)).toMatchObject({ memberId: member });

    b.award(member, 40);
    await b.push();
    await b.pull();

    expect(b.row("member", member)).toMatchObject({ name: "王小明" });
    expect(b.row("card", "6000000000000001")).toMatchObject({ state: "active" });
    expect(b.row("proposal", proposal)).toMatchObject({ state: "open", points: 800 });
    expect(b.row("balance", member)).toMatchObject({ balance: 40, proposed: 800 });
  });

  it("sends back what became of an edit even when it had no effect", async () => {
    // The station shows its own version until it hears; a member that head office does not have must disappear again.
    const a = await company.station("A");
    const member = a.createMember(nextNumber());
    await a.push();
    await a.pull();
    const lot = newId({ clock: company.clock, random: randomBytes });
    a.redeemLines(member, [{ lotId: lot, points: 5 }]);
    const nobody = newId({ clock: company.clock, random: randomBytes });
    a.award(nobody, 10);

    const { results } = await a.push();
    const frames = expectOk(await pullOnce(a));

    expect(results.map(({ code }) => code)).toEqual(["LOT_UNKNOWN", "MEMBER_UNKNOWN"]);
    const rows = frames.flatMap((frame) =>
      frame.k === "row" || frame.k === "del" ? [`${frame.k} ${frame.e}/${frame.id} ${frame.g}`] : [],
    );
    expect(rows).toContain(`row balance/${member} ${results[0]?.settle[0]?.g}`);
    expect(rows).toContain(`del balance/${nobody} ${results[1]?.settle[0]?.g}`);
    expect(results[0]?.settle[0]?.s).toBe(a.profile);
  });

  it("keeps people and their verifiers to the branches where they may sign in", async () => {
    // A clerk of B is none of A's business; an administrator may sign in anywhere, also at a branch that opens later.
    const clerkOfB = await company.hire("only at B", "clerk", "B");
    const a = await company.station("A");
    expectOk(await company.office.admin.addBranch(company.administrator, { code: "NEW", name: "新店" }));
    const fresh = await company.station("NEW");
    await a.pull();
    await fresh.pull();

    expect(a.row("staff", clerkOfB)).toBeUndefined();
    expect(a.row("staff", company.administrator)).toMatchObject({ role: "administrator", branchId: null });
    expect(fresh.row("staff", company.administrator)).toMatchObject({ role: "administrator" });
    expect([...a.rows.keys()].filter((key) => key.startsWith("rule/")).toSorted()).toEqual(["rule/large/1", "rule/spend/1"]);
  });

  it("wakes a station that waits, also for what another process published", async () => {
    // Head office runs twice on one database; the news comes in at the other one.
    const a = await company.station("A");
    await a.pull();
    const waiting = pullOnce(a, { waitMs: 25_000 });
    const another = await company.anotherProcess();
    const kind = {
      kind: "gold",
      name: { "zh-CN": "金卡", "en-US": "Gold" },
      role: "main",
      media: "magstripe",
      prefix: "61",
      length: 16,
      check: "luhn",
    } as const;
    await another.admin.setCardKind(company.administrator, kind);

    expect(moved(expectOk(await waiting))).toEqual(["row cardKind"]);
  });

  it("lets a station go that waits no longer", async () => {
    // The station's program ends in the middle of a long poll.
    const a = await company.station("A");
    await a.pull();
    const gone = new AbortController();
    const waiting = pullOnce(a, { waitMs: 25_000 }, gone.signal);
    gone.abort();
    expect(moved(expectOk(await waiting))).toEqual([]);
  });

  it("sends a station of another time to hello", async () => {
    // Head office was restored from a backup: numbers of before mean nothing now.
    const a = await company.station("A");
    expect(await pullOnce(a, { serverEpoch: 2 })).toMatchObject({ ok: false, error: { code: "EPOCH_CHANGED", data: { serverEpoch: 1 } } });
  });

  it("never shows a number before the ones below it", async () => {
    // The first writer takes its numbers and dawdles; the second one would like to overtake. A reader who saw the second's numbers
    // first would move its cursor past the first's, and miss them for ever.
    const store = await openStore(database.url, testDatabaseKey, () => undefined);
    const move = (id: string) => [{ stream: "test", kind: "member", id, ver: 1, deleted: false }];
    await store.write((tx) => tx.feed.advance(move("first"), 1));
    const taken = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const commits: string[] = [];
    const slow = store
      .write(async (tx) => {
        const numbers = await tx.feed.advance(move("slow"), 1);
        taken.resolve();
        await gate.promise;
        return numbers;
      })
      .finally(() => commits.push("slow"));
    await taken.promise;
    let fastAttempts = 0;
    const fast = store
      .write((tx) => {
        fastAttempts++;
        return tx.feed.advance(move("fast"), 1);
      })
      .finally(() => commits.push("fast"));
    await somebodyWaitsForALock();
    gate.resolve();

    expect([await slow, await fast]).toEqual([[2], [3]]);
    // It waited for its turn; it did not take the same number, fail and come again.
    expect(fastAttempts).toBe(1);
    expect(commits).toEqual(["slow", "fast"]);
    await store.close();
  });

  it("loses no row to a reader while several stations write at once", async () => {
    // Four stations push over and over while one reader follows: what the reader has at the end is what is there.
    const reader = await company.station("A");
    const writers = await Promise.all(["A", "A", "A", "A"].map((branch) => company.station(branch)));
    let isWriting = true;
    const writing = Promise.all(
      writers.map(async (writer) => {
        for (let round = 0; round < 6; round++) {
          const member = writer.createMember(nextNumber());
          writer.award(member, 10 + round);
          await writer.push();
        }
      }),
    ).finally(() => (isWriting = false));
    while (isWriting) await reader.pull();
    await writing;
    await reader.pull();

    const { rows } = await company.database.query<{ key: string }>(
      "select kind || '/' || id as key from feed where stream = any ($1) and not deleted",
      [[reader.profile, "dir", "cfg"]],
    );
    expect(rows.filter(({ key }) => !reader.rows.has(key))).toEqual([]);
  });
});
