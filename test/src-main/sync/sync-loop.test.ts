import * as fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { uuidv7 } from "uuidv7";
import { Fault } from "#main/app/ports/fault.ts";
import { makeRelease } from "#main/app/exchange/release.ts";
import type { Exchange, ExchangeRefusal } from "#main/sync/exchange.ts";
import { makeSyncLoop, type LoopTimers } from "#main/sync/sync-loop.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { manager, openCounter, ownIncarnation, quietLog, refusal, teaPlan, value } from "#test/support/counter.ts";
import { profile } from "#test/support/fake-head-office.ts";
import { openLine } from "./open-line.ts";

const quickly = { interval: 1 };
const notFarBehind = { takePlace: async (): Promise<void> => undefined, ask: async (): Promise<void> => undefined };

/** Pauses that end when the test says so, or when somebody wakes the loop. */
class HandTimers implements LoopTimers {
  readonly pauses: { readonly ms: number; readonly end: () => void; hasEnded: boolean }[] = [];
  chance = 0.5;
  random = (): number => this.chance;
  sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const pause = {
        ms,
        hasEnded: false,
        end: (): void => {
          pause.hasEnded = true;
          resolve();
        },
      };
      this.pauses.push(pause);
      signal.addEventListener("abort", pause.end, { once: true });
    });
}

type Answer = Result<null, ExchangeRefusal> | Fault;

/** An exchange that answers as it is told and writes down what it was asked. */
function scriptedExchange() {
  const asked: string[] = [];
  const script = { push: ok(null) as Answer, pull: ok(null) as Answer, onPush: async (): Promise<void> => {} };
  const talks = { now: 0, most: 0 };
  async function talking<T>(work: () => Promise<T>): Promise<T> {
    talks.now += 1;
    talks.most = Math.max(talks.most, talks.now);
    return work().finally(() => (talks.now -= 1));
  }
  const answer = async (planned: Answer): Promise<Result<null, ExchangeRefusal>> => {
    if (planned instanceof Fault) throw planned;
    return planned;
  };
  const exchange: Exchange = {
    hello: () => Promise.reject(new Error("the loop does not say hello itself")),
    inSession: () => Promise.reject(new Error("nobody asks here")),
    line: () => {
      throw new Error("nobody asks here");
    },
    session: () => undefined,
    heads: () => ({}),
    leaveOut: () => undefined,
    forgetSession: () => undefined,
    handOver: () => Promise.resolve(false),
    complete: () => Promise.resolve(),
    tellErasures: () => Promise.resolve(),
    presentOurselves: () => Promise.resolve(),
    lookOver: () => undefined,
    deposit: () => Promise.resolve(),
    hangUp: () => undefined,
    push: () =>
      talking(async () => {
        asked.push("push");
        await script.onPush();
        return answer(script.push);
      }),
    pull: (waitMs, signal) =>
      talking(async () => {
        asked.push(waitMs > 0 ? "listen" : "pull");
        if (waitMs > 0)
          await new Promise<void>((resolve) => {
            if (signal?.aborted) resolve();
            signal?.addEventListener("abort", () => resolve(), { once: true });
          });
        return answer(script.pull);
      }),
  };
  return { asked, script, talks, exchange };
}

function openLoop() {
  const { store } = openCounter();
  const timers = new HandTimers();
  const { asked, script, talks, exchange } = scriptedExchange();
  const released: number[] = [];
  const loop = makeSyncLoop({
    bootstrap: notFarBehind,
    exchange,
    store,
    release: () => released.push(asked.length),
    giveUpRights: () => false,
    timers,
    log: quietLog,
  });
  onTestFinished(loop.stop);
  const noLine = new Fault("NO_LINE");
  return { timers, asked, script, talks, loop, noLine, released };
}

describe("keeping in step", () => {
  it("sends, reads, and then listens", async () => {
    const { asked, loop } = openLoop();
    loop.start();
    await expect.poll(() => asked.at(-1), quickly).toBe("listen");
    expect(asked).toEqual(["push", "push", "pull", "listen"]);
    expect(loop.state()).toEqual({ line: "online", refusedBy: null });
  });

  it("hands rights back once head office was heard and sends that with the same round, and again for what it was then asked for", async () => {
    const { asked, loop, released } = openLoop();
    await loop.exchangeNow();
    expect(asked).toEqual(["push", "push", "pull"]);
    expect(released).toEqual([1, 3]);
  });

  it("gives nothing back while nobody is heard", async () => {
    const { loop, script, noLine, released } = openLoop();
    script.push = noLine;
    await loop.exchangeNow();
    script.push = err("SUSPENDED");
    await loop.exchangeNow();
    expect(released).toEqual([]);
  });

  it("sends at once what was written while it listened", async () => {
    const { asked, loop } = openLoop();
    loop.start();
    await expect.poll(() => asked.at(-1), quickly).toBe("listen");
    asked.length = 0;
    loop.hint();
    await expect.poll(() => asked, quickly).toEqual(["push", "push", "pull", "listen"]);
  });

  it("sends at once what was written while it was sending", async () => {
    const { asked, loop, script } = openLoop();
    script.onPush = async () => {
      script.onPush = async () => {};
      loop.hint();
    };
    loop.start();
    await expect.poll(() => asked, quickly).toEqual(["push", "push", "pull", "push", "push", "pull", "listen"]);
  });

  it("talks to head office once at a time, and ends listening with all of it sent, whenever who writes and asks, and answers come", async () => {
    const { loop, talks, asked, script } = openLoop();
    let written = 0;
    let sent = 0;
    const write = async (): Promise<void> => {
      written += 1;
      loop.hint();
    };
    const order = fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), async (answers, doings) => {
      script.onPush = async () => {
        const upTo = written;
        await answers.schedule(Promise.resolve(), "the answer to a push");
        sent = upTo;
      };
      let undone = doings.length;
      for (const isWriting of doings) {
        const doing = isWriting ? write : loop.exchangeNow;
        void answers
          .schedule(Promise.resolve(), isWriting ? "somebody writes" : "somebody asks")
          .then(doing)
          .then(() => (undone -= 1));
      }
      loop.start();
      // The last answer may begin the next question only some turns later.
      const isAtRest = () => undone === 0 && answers.count() === 0 && sent === written && asked.at(-1) === "listen";
      while (!isAtRest()) {
        if (answers.count() > 0) await answers.waitOne();
        else await new Promise(setImmediate);
      }
    });
    await fc.assert(order, { numRuns: 60 });
    expect(talks.most).toBe(1);
  });

  it("tells each change of the line once", async () => {
    const { loop, script, noLine } = openLoop();
    const seen: string[] = [];
    loop.onState(({ line, refusedBy }) => seen.push(refusedBy ?? line));
    await loop.exchangeNow();
    await loop.exchangeNow();
    script.push = noLine;
    await loop.exchangeNow();
    await loop.exchangeNow();
    script.push = err("FENCED");
    await loop.exchangeNow();
    expect(seen).toEqual(["exchanging", "online", "offline", "exchanging", "offline", "exchanging", "FENCED"]);
  });
});

describe("a line that is down", () => {
  it("is tried again after pauses that grow to five minutes, spread over their whole length", async () => {
    const { timers, loop, script, noLine } = openLoop();
    script.push = noLine;
    timers.chance = 1;
    loop.start();
    const pauses: number[] = [];
    for (let i = 0; i < 12; i++) {
      await expect.poll(() => timers.pauses.length, quickly).toBe(i + 1);
      const pause = timers.pauses[i];
      pauses.push(pause?.ms ?? 0);
      pause?.end();
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300].map((seconds) => seconds * 1_000 + 50));
  });

  it("is tried by two stations at different times", async () => {
    const pauses: number[] = [];
    for (const chance of [0, 0.25]) {
      const { timers, loop, script, noLine } = openLoop();
      script.push = noLine;
      timers.chance = chance;
      loop.start();
      await expect.poll(() => timers.pauses.length, quickly).toBe(1);
      pauses.push(timers.pauses[0]?.ms ?? 0);
    }
    expect(pauses).toEqual([50, 550]);
  });

  it("is not tried more often because people go on writing", async () => {
    const { asked, timers, loop, script, noLine } = openLoop();
    script.push = noLine;
    loop.start();
    await expect.poll(() => timers.pauses.length, quickly).toBe(1);
    loop.hint();
    expect(timers.pauses[0]?.hasEnded).toBe(false);
    expect(asked).toEqual(["push"]);
  });

  it("is tried at once when somebody asks, and listened to when that works", async () => {
    const { asked, timers, loop, script, noLine } = openLoop();
    script.push = noLine;
    loop.start();
    await expect.poll(() => timers.pauses.length, quickly).toBe(1);
    script.push = ok(null);
    await loop.exchangeNow();
    expect(loop.state().line).toBe("online");
    expect(timers.pauses[0]?.hasEnded).toBe(true);
    await expect.poll(() => asked.at(-1), quickly).toBe("listen");
  });

  it("does not hide behind a pause that began while somebody was finding the line up", async () => {
    const { asked, timers, loop, script, noLine } = openLoop();
    script.push = noLine;
    let asking: Promise<void> | undefined;
    script.onPush = async () => {
      script.onPush = async () => {
        script.push = ok(null);
        // The loop has given up its own round by now and pauses.
        await expect.poll(() => timers.pauses.length, quickly).toBe(1);
      };
      asking = loop.exchangeNow();
    };
    loop.start();
    await expect.poll(() => asked.at(-1), quickly).toBe("listen");
    await asking;
    expect(timers.pauses.map(({ hasEnded }) => hasEnded)).toEqual([true]);
  });

  it("begins again with short pauses once it has worked", async () => {
    const { timers, loop, script, noLine } = openLoop();
    timers.chance = 1;
    script.push = noLine;
    for (let i = 0; i < 5; i++) await loop.exchangeNow();
    script.push = ok(null);
    await loop.exchangeNow();
    script.push = noLine;
    loop.start();
    await expect.poll(() => timers.pauses.length, quickly).toBe(1);
    expect(timers.pauses[0]?.ms).toBe(2_050);
  });

  it("is left alone for as long as head office asked, and not by all stations for the same time", async () => {
    const { timers, loop, script } = openLoop();
    script.push = new Fault("NO_LINE", { data: { retryAfterMs: 30_000 } });
    loop.start();
    await expect.poll(() => timers.pauses.length, quickly).toBe(1);
    expect(timers.pauses[0]?.ms).toBe(30_000 + 1_050);
  });

  it("that head office closed is tried once a minute", async () => {
    const { timers, loop, script } = openLoop();
    script.push = err("SUSPENDED");
    loop.start();
    await expect.poll(() => timers.pauses.length, quickly).toBe(1);
    expect(timers.pauses[0]?.ms).toBe(60_000);
    expect(loop.state()).toEqual({ line: "offline", refusedBy: "SUSPENDED" });
  });
});

describe("closing the station", () => {
  it("ends a pause, a long poll, and a loop that never began", async () => {
    const down = openLoop();
    down.script.push = down.noLine;
    down.loop.start();
    await expect.poll(() => down.timers.pauses.length, quickly).toBe(1);
    await down.loop.stop();
    expect(down.asked).toEqual(["push"]);

    const up = openLoop();
    up.loop.start();
    await expect.poll(() => up.asked.at(-1), quickly).toBe("listen");
    await up.loop.stop();
    expect(up.asked).toEqual(["push", "push", "pull", "listen"]);

    await openLoop().loop.stop();
  });

  it("lets a round that has begun come to its end", async () => {
    const { asked, loop, script } = openLoop();
    let finish = (): void => {};
    script.onPush = () => new Promise((resolve) => (finish = resolve));
    loop.start();
    await expect.poll(() => asked, quickly).toEqual(["push"]);
    const stopped = loop.stop();
    script.onPush = async () => {};
    finish();
    await stopped;
    expect(asked).toEqual(["push", "push", "pull"]);
  });

  it("waits two seconds for a head office that does not answer, then hangs up, and keeps what was to be sent", async () => {
    const { office, counter, exchange, waiting } = await openLine();
    counter.member();
    office.plant("push", { kind: "neverAnswer" });
    const timers = new HandTimers();
    const loop = makeSyncLoop({
      bootstrap: notFarBehind,
      exchange,
      store: counter.store,
      release: () => undefined,
      giveUpRights: () => false,
      timers,
      log: quietLog,
    });
    loop.start();
    await expect.poll(() => office.asked("push").length, quickly).toBe(1);
    const stopped = loop.stop();
    expect(timers.pauses.map(({ ms }) => ms)).toEqual([2_000]);
    timers.pauses[0]?.end();
    await stopped;
    expect(waiting()).toBe(2);
  });
});

describe("asking head office", () => {
  async function openAsking() {
    const line = await openLine();
    const { counter, exchange } = line;
    const { store } = counter;
    const release = makeRelease(counter.ports);
    const loop = makeSyncLoop({
      bootstrap: notFarBehind,
      exchange,
      store,
      release,
      giveUpRights: () => false,
      timers: new HandTimers(),
      log: quietLog,
    });
    onTestFinished(loop.stop);
    return { ...line, loop };
  }
  const decide = (proposalId: string) =>
    ({ actId: uuidv7(), type: "proposal.decide", by: manager.staffId, body: { proposalId, decision: "approve", reason: null } }) as const;

  it("for points answers when they are here to be spent", async () => {
    const { office, counter, loop } = await openAsking();
    const { memberId } = counter.member();
    const { incarnation = "" } = counter.store.read((view) => view.identity()) ?? {};
    office.settings.granted = 90;
    office.settings.onDraw = () => {
      const lines = [{ lotId: uuidv7(), points: 90, earnedOn: "2026-01-01", expiresOn: null }];
      office.publish("me/7", "grant", "g1", { opId: "g1", incarnation, gno: 1, memberId, lines });
    };
    expect(value(await loop.headOffice.draw({ drawId: uuidv7(), memberId, want: 90 }))).toEqual({ granted: 90 });
    expect(value(counter.balance({ memberId })).spendableHere).toBe(90);
    expect(loop.headOffice.isUp()).toBe(true);
  });

  it("first hands over what was written here, since the question may be about it", async () => {
    const { office, counter, loop, waiting } = await openAsking();
    const { memberId } = counter.member();
    counter.give(memberId, 60);
    await loop.headOffice.draw({ drawId: uuidv7(), memberId, want: 90 });
    expect(waiting()).toBe(0);
    const order = office.requests.map(({ path }) => path).filter((path) => path === "push" || path === "draw" || path === "pull");
    expect(order).toEqual(["push", "draw", "pull"]);
  });

  it("that only looks hands nothing over and reads nothing, and knows afterwards whether there is a line", async () => {
    const { office, counter, loop, waiting } = await openAsking();
    counter.member();
    const asked = { kind: "part", value: "王", by: manager.staffId } as const;
    expect(value(await loop.headOffice.find(asked))).toEqual({ members: [], isCut: false, asOfMs: office.settings.serverTimeMs });
    expect(loop.headOffice.isUp()).toBe(true);
    expect(waiting()).toBeGreaterThan(0);
    expect(office.requests.map(({ path }) => path).filter((path) => path === "push" || path === "pull")).toEqual([]);
    await office.close();
    expect(refusal(await loop.headOffice.find(asked))).toMatchObject({ code: "NEEDS_HEAD_OFFICE" });
    expect(loop.headOffice.isUp()).toBe(false);
  });

  it("never reads a row that contains an act whose answer was lost, and counts it twice", async () => {
    const { office, counter, exchange, loop } = await openAsking();
    const { memberId } = counter.member();
    await exchange.push();
    counter.give(memberId, 60);
    office.settings.judge = () => {
      office.publish(profile, "balance", memberId, {
        memberId,
        balance: 60,
        pool: 0,
        rights: [],
        held: 0,
        setAside: [],
        proposed: 0,
        debt: 0,
        lots: [],
      });
      return { verdict: "applied" };
    };
    office.plant("push", { kind: "loseAnswer" });
    await loop.exchangeNow();
    expect(loop.state().line).toBe("offline");
    await loop.headOffice.draw({ drawId: uuidv7(), memberId, want: 90 });
    expect(value(counter.balance({ memberId })).balance).toBe(60);
  });

  it("for a decision answers when its row is here", async () => {
    const { office, counter, loop } = await openAsking();
    office.publish("cfg", "plan", "tea", teaPlan);
    await loop.exchangeNow();
    const { memberId } = counter.member();
    const purchase = { receiptNumber: "HT-1", amountFen: 25_000_000 };
    const { opId } = value(counter.award({ requestId: uuidv7(), memberId, purchase, ruleId: "contract", ruleVersion: 1 }, manager));
    office.settings.onAct = (proposalId) => {
      const proposal = counter.store.read((view) => view.proposals.find(proposalId));
      if (proposal) office.publish(profile, "proposal", proposalId, { ...proposal, state: "approved" });
    };
    expect(value(await loop.headOffice.act(decide(opId)))).toEqual({ verdict: "applied", reply: { proposalId: opId, state: "approved" } });
    expect(counter.listProposals()).toMatchObject([{ proposalId: opId, state: "approved" }]);
    expect(office.asked("act")).toMatchObject([{ replica: 7, by: manager.staffId, seen: { cfg: 1 }, body: { proposalId: opId } }]);
  });

  it("whose answer was lost goes out again under its id, so that head office can tell that it was done", async () => {
    const { office, loop } = await openAsking();
    const asked = decide(uuidv7());
    office.plant("act", { kind: "loseAnswer" });
    expect(await loop.headOffice.act(asked)).toMatchObject({ ok: false, error: { code: "NEEDS_HEAD_OFFICE" } });
    expect(value(await loop.headOffice.act(asked))).toMatchObject({ verdict: "applied" });
    expect(office.asked("act")).toMatchObject([{ actId: asked.actId }, { actId: asked.actId }]);
  });

  it("brings back its refusal as it was said", async () => {
    const { office, loop } = await openAsking();
    office.plant("act", { kind: "refuse", status: 409, code: "ALREADY_DECIDED", data: { state: "rejected" } });
    expect(await loop.headOffice.act(decide(uuidv7()))).toMatchObject({
      ok: false,
      error: { code: "ALREADY_DECIDED", data: { state: "rejected" } },
    });
    expect(loop.state().refusedBy).toBeNull();
  });

  it("without a line says so, and what head office holds against this station stands in the strip", async () => {
    const { office, loop } = await openAsking();
    office.settings.verdict = "SUSPENDED";
    expect(await loop.headOffice.act(decide(uuidv7()))).toMatchObject({ ok: false, error: { code: "NEEDS_HEAD_OFFICE" } });
    expect(loop.state()).toEqual({ line: "offline", refusedBy: "SUSPENDED" });
    await office.close();
    expect(await loop.headOffice.draw({ drawId: uuidv7(), memberId: uuidv7(), want: 1 })).toMatchObject({
      ok: false,
      error: { code: "NEEDS_HEAD_OFFICE" },
    });
    expect(loop.headOffice.isUp()).toBe(false);
  });

  it("at a station that has joined nobody needs head office", async () => {
    const counter = openCounter();
    expect(counter.store.read((view) => view.identity()?.incarnation)).toBe(ownIncarnation);
    const { exchange } = scriptedExchange();
    const failing = { ...exchange, push: () => Promise.reject(new Fault("NOT_ENROLLED")) };
    const loop = makeSyncLoop({
      bootstrap: notFarBehind,
      exchange: failing,
      store: counter.store,
      release: () => undefined,
      giveUpRights: () => false,
      timers: new HandTimers(),
      log: quietLog,
    });
    expect(await loop.headOffice.act(decide(uuidv7()))).toMatchObject({ ok: false, error: { code: "NEEDS_HEAD_OFFICE" } });
  });
});
