import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { expect, it, onTestFinished } from "vitest";
import { cardNumber, clerk, openTestStation, ownIncarnation, value } from "#test/support/counter.ts";

/** A data folder of its own; it can be copied and put back, whole or in part. */
function dataFolder() {
  const base = mkdtempSync(join(tmpdir(), "counterfoil-history-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const dir = join(base, "data");
  const file = join(dir, "station.db");
  cpSync(mkdtempSync(join(tmpdir(), "counterfoil-empty-")), dir, { recursive: true });
  return {
    open: (machine = "this computer") => openTestStation({ file, mirror: { folder: join(dir, "mirror"), mayMake: true }, machine }),
    copyTo: (name: string) => cpSync(dir, join(base, name), { recursive: true }),
    putBack: (name: string, part = "") => {
      rmSync(join(dir, part), { recursive: true, force: true });
      cpSync(join(base, name, part), join(dir, part), { recursive: true });
    },
    remove: (part: string) => rmSync(join(dir, part), { recursive: true, force: true }),
  };
}
type Station = ReturnType<ReturnType<typeof dataFolder>["open"]>;

let cards = 0;
/** Two operations: a member and a card. */
const enter = ({ counter }: Station): string => {
  const { memberId } = value(
    counter.createMember({ requestId: uuidv7(), name: "王小明", phones: [`138${String(Math.random()).slice(2, 10)}`] }, clerk),
  );
  value(counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(++cards) } }, clerk));
  return memberId;
};
const award = ({ counter }: Station, memberId: string) =>
  counter.award(
    {
      requestId: uuidv7(),
      memberId,
      purchase: { receiptNumber: uuidv7().slice(-12), amountFen: 10_000 },
      ruleId: "purchase",
      ruleVersion: 1,
    },
    clerk,
  );
const lives = ({ ports }: Station) => {
  const { incarnation, earlierLives } = ports.store.read((view) => view.identity()) ?? { incarnation: "", earlierLives: [] };
  return { incarnation, earlierLives };
};
const logged = ({ ports }: Station): number => ports.store.read((view) => view.operations.count());
const spendable = ({ ports }: Station, memberId: string): number =>
  ports.store.read((view) => view.rights.of(memberId)).reduce((sum, { points }) => sum + points, 0);
const firstLife = { incarnation: ownIncarnation, earlierLives: [] };

it("goes on in the same life after an ordinary restart", async () => {
  const folder = dataFolder();
  const first = folder.open();
  enter(first);
  await first.close();
  const again = folder.open();
  enter(again);
  await again.close();
  expect(lives(folder.open())).toEqual(firstLife);
});

it("puts back what an older database lacks, and loses nothing", async () => {
  const folder = dataFolder();
  const first = folder.open();
  const memberId = enter(first);
  await first.close();
  folder.copyTo("backup");
  const later = folder.open();
  value(award(later, memberId));
  const second = enter(later);
  value(award(later, second));
  await later.close();

  folder.putBack("backup", "station.db");
  const restored = folder.open();
  expect(lives(restored)).toEqual(firstLife);
  expect(logged(restored)).toBe(6);
  expect([spendable(restored, memberId), spendable(restored, second)]).toEqual([100, 100]);
  // A number that was given is not given again.
  expect(new Set(restored.ports.store.read((view) => view.members.all()).map(({ memberNumber }) => memberNumber)).size).toBe(2);
  enter(restored);
});

it("begins another life when the journal is as old as the database, and spends nothing of before", async () => {
  const folder = dataFolder();
  const first = folder.open();
  const memberId = enter(first);
  value(award(first, memberId));
  await first.close();
  folder.copyTo("backup");
  const later = folder.open();
  value(award(later, memberId));
  await later.close();

  folder.putBack("backup", "station.db");
  folder.putBack("backup", "mirror");
  const restored = folder.open();
  const { incarnation, earlierLives } = lives(restored);
  expect(incarnation).not.toBe(ownIncarnation);
  expect(earlierLives).toEqual([{ incarnation: ownIncarnation, operations: 3 }]);
  expect(spendable(restored, memberId)).toBe(0);
  // Earning goes on, and what was earned in this life may be spent in it.
  value(award(restored, memberId));
  expect(spendable(restored, memberId)).toBe(100);
  await restored.close();

  const again = folder.open();
  expect(lives(again)).toEqual({ incarnation, earlierLives });
  expect(logged(again)).toBe(4);
});

it.each<[what: string, how: (folder: ReturnType<typeof dataFolder>) => Station]>([
  ["on another computer", (folder) => folder.open("another computer")],
  [
    "without its guard records",
    (folder) => {
      folder.remove("station.guard");
      folder.remove("mirror/station.guard");
      return folder.open();
    },
  ],
])("begins another life %s, since the same database may be going on elsewhere", async (_what, how) => {
  const folder = dataFolder();
  const first = folder.open();
  const memberId = enter(first);
  value(award(first, memberId));
  await first.close();
  const copy = how(folder);
  expect(lives(copy).earlierLives).toEqual([{ incarnation: ownIncarnation, operations: 3 }]);
  expect(spendable(copy, memberId)).toBe(0);
});

it("has one guard record left when the other's volume is gone", async () => {
  const folder = dataFolder();
  const first = folder.open();
  enter(first);
  await first.close();
  folder.remove("station.guard");
  expect(lives(folder.open())).toEqual(firstLife);
});
