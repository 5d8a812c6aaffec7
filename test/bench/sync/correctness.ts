import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { sampleCardKind } from "#main/sample/company.ts";
import { cardNumberOf } from "#shared/domain/cards/card-number.ts";
import { asNone, type BenchResult } from "../result.ts";
import { openBenchCompany, type BenchCompany, type BenchStation } from "./bench-company.ts";
import { must } from "./must.ts";
import { runPeer } from "./peer.ts";

const begun = 1_000;
const gift = 80;
const wanted = 10;

type PeerEnds = { readonly balanceAsDocument: number; readonly balanceAsSum: number };

/**
 * Two stories of a line that is cut, lived by our counters and by an engine that replicates documents: how many points are spent that nobody
 * had, and how many are lost or doubled when a counter's disk is put back to an earlier day. The peer's figure is the worse one of a balance
 * that is a document and of one that is the sum of documents.
 */
export async function benchCorrectness(): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-correctness-"));
  const company = await openBenchCompany(folder);
  try {
    const [overspent, astray] = [await spendAtTwoCounters(company), await putBackAnEarlierDay(company, folder)];
    const peerFolder = join(folder, "peer");
    mkdirSync(peerFolder);
    const peer = (await runPeer("correctness.mjs", peerFolder)) as { spentTwice: PeerEnds & { spent: number }; restored: PeerEnds };
    console.error("the peer ended with", JSON.stringify(peer));
    const astrayThere = [peer.restored.balanceAsDocument, peer.restored.balanceAsSum].map((balance) => Math.abs(balance - 150));
    return [
      asNone(
        { name: "peers-correctness", metric: "points spent beyond the balance by two counters apart" },
        { value: overspent, peer: Math.max(0, peer.spentTwice.spent - begun) },
      ),
      asNone(
        { name: "peers-correctness", metric: "points lost or doubled by a disk that was put back" },
        { value: astray, peer: Math.max(...astrayThere) },
      ),
    ];
  } finally {
    await company.close();
    rmSync(folder, { recursive: true });
  }
}

/** Both counters have heard of the 1,000 points; each then serves as many gifts as it may of the ten that the member asks for. */
async function spendAtTwoCounters(company: BenchCompany): Promise<number> {
  const [a, b] = [await company.station("A"), await company.station("B")];
  for (const station of [a, b]) await exchange(station);
  const member = enter(a, begun * 100, "138");
  for (const station of [a, b, a, b]) await exchange(station);
  let spent = 0;
  for (const { counter, clerk } of [a, b]) {
    for (let served = 0; served < wanted; served += 1) {
      const request = { requestId: uuidv7(), memberId: member.memberId, planId: "tea", planVersion: 1, quantity: 1 };
      if (!counter.redeem(request, clerk).ok) break;
      spent += gift;
    }
  }
  for (const station of [a, b, a]) await exchange(station);
  const left = await company.balanceOf(member.memberNumber);
  a.close();
  b.close();
  if (left !== begun - spent) throw new Error(`head office says ${left} where ${spent} of ${begun} were spent`);
  return Math.max(0, spent - begun);
}

/** 100 points; a copy of the disk; three times 10, exchanged; the copy is put back; twice 10. */
async function putBackAnEarlierDay(company: BenchCompany, folder: string): Promise<number> {
  const station = await company.station("A");
  await exchange(station);
  const member = enter(station, 10_000, "139");
  await exchange(station);
  station.close();
  const copy = join(folder, "earlier-day.db");
  copyFileSync(station.file, copy);
  const later = await company.openAgain(station.file, station.clerk);
  for (let n = 0; n < 3; n += 1) award(later, member.memberId, 1_000);
  await exchange(later);
  later.close();
  for (const tail of ["-wal", "-shm"]) if (existsSync(station.file + tail)) rmSync(station.file + tail);
  copyFileSync(copy, station.file);
  const again = await company.openAgain(station.file, station.clerk);
  for (let n = 0; n < 2; n += 1) award(again, member.memberId, 1_000);
  await exchange(again);
  await exchange(again);
  again.close();
  return Math.abs((await company.balanceOf(member.memberNumber)) - 150);
}

function enter(station: BenchStation, amountFen: number, prefix: string): { readonly memberId: string; readonly memberNumber: string } {
  const person = { requestId: uuidv7(), name: "会员", phones: [`${prefix}00000001`] };
  const { memberId, memberNumber } = must(station.counter.createMember(person, station.clerk));
  const card = { number: cardNumberOf(sampleCardKind, Number(prefix)) };
  must(station.counter.issueCard({ requestId: uuidv7(), memberId, card }, station.clerk));
  award(station, memberId, amountFen);
  return { memberId, memberNumber };
}

function award({ counter, clerk }: BenchStation, memberId: string, amountFen: number): void {
  const purchase = { receiptNumber: uuidv7().slice(-12), amountFen };
  must(counter.award({ requestId: uuidv7(), memberId, purchase, ruleId: "purchase", ruleVersion: 1 }, clerk));
}

async function exchange({ exchange: line }: BenchStation): Promise<void> {
  must(await line.hello());
  must(await line.push());
  await line.handOver();
  must(await line.pull(0));
}
