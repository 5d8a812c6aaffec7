import { randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { newId } from "#server/app/ids.ts";
import type { LotLine } from "#shared/domain/ledger/lots.ts";
import type { SimulatedStation } from "#test/support/simulated-station.ts";
import { companyWithFences } from "../../situations/support/fencing.ts";

/**
 * A redeemed at branch A, and everybody means to undo it: A's own clerk, and counters B and C that ask for it, while head office may take A for
 * dead. Whatever is heard in whatever order, it is credited once, and nobody is left waiting for a word that cannot come.
 */
const places = companyWithFences();
let b: SimulatedStation;
let c: SimulatedStation;
beforeAll(async () => {
  b = await places.company.station("B");
  c = await places.company.station("B");
});

const steps = ["A undoes it", "A is heard", "B asks", "C asks", "A is taken for dead"] as const;
type Step = (typeof steps)[number];

function permutations<T>(of: readonly T[]): readonly (readonly T[])[] {
  if (of.length < 2) return [of];
  return of.flatMap((first, i) => permutations(of.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

function ask(station: SimulatedStation, a: SimulatedStation, seq: number, redemption: string, memberId: string): string {
  const opId = newId({ clock: places.company.clock, random: randomBytes });
  station.say({
    opId,
    type: "void.request",
    entity: { kind: "request", id: opId },
    d: { requestId: opId, slip: { replica: a.replica, seq, tail: redemption.slice(-4) }, memberId },
    personal: { salt: "AA==", reason: "wrong gift" },
  });
  return opId;
}

async function play(order: readonly Step[]) {
  const a = await places.company.station("A");
  const member = await places.memberAt(a, 300);
  const redeemed: { opId: string; lines: readonly LotLine[] } | undefined = a.redeem(member, 120);
  if (!redeemed) throw new Error("it was there to spend");
  const seq = a.operations.length;
  await a.push();
  const asked: { by: SimulatedStation; id: string }[] = [];
  const asking = async (by: SimulatedStation): Promise<void> => {
    asked.push({ by, id: ask(by, a, seq, redeemed.opId, member) });
    await by.push();
  };
  const does: Readonly<Record<Step, () => Promise<unknown>>> = {
    "A undoes it": async () => a.voidRedeem(member, redeemed),
    "A is heard": async () => {
      await a.hello();
      await a.push();
    },
    "B asks": () => asking(b),
    "C asks": () => asking(c),
    "A is taken for dead": () => places.fence(a),
  };
  for (const step of order) await does[step]();
  await does["A is heard"]();
  for (const station of [a, b, c]) await station.pull();
  return {
    balance: a.row("balance", member)?.balance,
    requests: asked.map(({ by, id }) => by.row("request", id)).map((request) => ({ state: request?.state, points: request?.points ?? 0 })),
  };
}

/** B and C are alike, so B asks first. */
const orders = (of: readonly Step[]) =>
  permutations(of)
    .filter((order) => order.indexOf("B asks") < order.indexOf("C asks"))
    .map((order) => ({ order, told: order.join(", ") }));

it.each(orders(steps))("one credit: $told", async ({ order }) => {
  const { balance, requests } = await play(order);
  expect(balance).toBe(300);
  expect(requests.reduce((sum, { points }) => sum + points, 0)).toBeLessThanOrEqual(120);
  expect(requests.map(({ state }) => state)).not.toContain("open");
});

it.each(orders(steps.filter((step) => step !== "A undoes it")))("head office undoes it in the place of A: $told", async ({ order }) => {
  const { balance, requests } = await play(order);
  expect(balance).toBe(300);
  // Who asked first is of no matter here: one of them gets it.
  expect(requests.toSorted((x, y) => y.points - x.points)).toEqual([
    { state: "done", points: 120 },
    { state: "refused", points: 0 },
  ]);
});

it("the books hold after all of it", async () => {
  expect(await places.company.office.admin.verify()).toEqual({ ok: true, damaged: [] });
});
