import type { Moment } from "#main/app/ports/probe.ts";
import type { AdminService } from "#server/app/head-office.ts";
import type { InputOf } from "#shared/contracts/acts/act-type.ts";
import { decideProposalAct } from "#shared/contracts/acts/proposals.ts";
import type { EarningRule } from "#shared/domain/earning/rule.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { RedemptionPlan } from "#shared/domain/redemption/plan.ts";
import { cardNumber } from "#test/support/counter.ts";
import { dayMs } from "#test/support/hand-clock.ts";
import { climateOf } from "./climate.ts";
import { makeBooks } from "./books.ts";
import { briefRule, teaPlan, type FoundedCompany } from "./company.ts";
import { makeDice, makeIds } from "./dice.ts";
import { beginRecoveryAct } from "#shared/contracts/acts/recovery.ts";
import type { Disk } from "./disk.ts";
import { openHost } from "./head-office-host.ts";
import type { Matter } from "./matters.ts";
import { Model } from "./model.ts";
import { openOutpost, type Outpost } from "./outpost.ts";
import { makeTimeline, type Timeline } from "./timeline.ts";

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A morning in Shanghai, 2 March 2026, 10:00. */
const firstMorningMs = Date.UTC(2026, 2, 2, 2);

type Beginning = {
  readonly seed: bigint;
  /** Where each station stands; a branch may have several. */
  readonly branchCodes: readonly string[];
  /**
   * Whether computers and lines differ, as the seed says: some have a mirror journal, some lines take no large batch. Head office then does by
   * itself what the calendar has made due.
   */
  readonly isTroubled?: boolean;
  /** What the company has beyond what all have; nothing unless told. */
  readonly matters?: ReadonlySet<Matter>;
  /** Whether every station has a mirror journal. */
  readonly haveMirrors?: boolean;
  /** The disk of a head office whose company was founded. */
  readonly makeDisk: (timeline: Timeline) => Promise<{ readonly disk: Disk; readonly company: FoundedCompany }>;
};

/** A company with a real head office and real stations, all apart until somebody lifts a line. */
export async function openWorld({ seed, branchCodes, isTroubled = false, matters = new Set(), haveMirrors = false, makeDisk }: Beginning) {
  const dice = makeDice(seed);
  const timeline = makeTimeline(firstMorningMs);
  const { disk, company } = await makeDisk(timeline);
  /** What befell, by kind. */
  const faults = new Map<string, number>();
  const crashPoints = new Map<string, number>();
  const count = (counts: Map<string, number>, kind: string): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const befell = (kind: string): void => count(faults, kind);

  const climate = climateOf(dice);
  let dyingIn: number | undefined;
  const host = await openHost({
    disk,
    timeline,
    dice,
    runsOnAClock: isTroubled,
    atMoment: (moment) => {
      if (dyingIn === undefined || dyingIn-- > 0) return undefined;
      dyingIn = undefined;
      count(crashPoints, `head office: ${moment}`);
      befell("head office died between two statements");
      timeline.at(dice.between(1_000, 300_000), () => void startHeadOffice());
      return "dies";
    },
  });
  /** Somebody notices that it is down and starts it. */
  async function startHeadOffice(): Promise<void> {
    if (host.isRunning()) return;
    timeline.leave();
    await host.start();
    timeline.comeBack();
  }
  const administrator = company.administrator.staffId;
  const stations: Outpost[] = [];
  for (const [i, code] of branchCodes.entries()) {
    const branch = company.branches.find((each) => each.code === code);
    if (!branch) throw new Error(`there is no branch ${code}`);
    const died = (moment: Moment): void => {
      befell("station died at a named moment");
      count(crashPoints, `station: ${moment}`);
    };
    stations.push(
      await openOutpost({
        host,
        timeline,
        dice,
        name: `${code}${i + 1}`,
        branch,
        administrator,
        hasMirror: haveMirrors || (isTroubled && dice.chance(0.5)),
        batchMax: isTroubled ? climate.batchMax : undefined,
        befell,
        died,
      }),
    );
  }
  const admin = (): AdminService => host.office().admin;
  const newId = makeIds(dice, timeline.nowMs);
  async function putBack(): Promise<void> {
    await disk.restore();
    await startHeadOffice();
  }
  async function sayPutBack(): Promise<void> {
    await admin().act(company.administrator, beginRecoveryAct, { requestId: newId() });
  }
  const confided = new Map<string, readonly string[]>();
  let cards = 0;
  const newCardNumber = (): string => cardNumber(++cards);
  return {
    dice,
    timeline,
    disk,
    host,
    company,
    admin,
    newId,
    books: makeBooks(disk.look),
    model: new Model(),
    stations,
    matters,
    climate,
    faults,
    crashPoints,
    befell,
    memberIds: [] as string[],
    /** What people said of each member that nobody else has. */
    confided,
    confide: (memberId: string, said: string): void => void confided.set(memberId, [...(confided.get(memberId) ?? []), said]),
    /** Where a second person is needed at head office. */
    secondAdministrator: undefined as Operator | undefined,
    /** Databases of stations that somebody keeps, by the station's name. */
    copies: new Map<string, string>(),
    purchases: [] as { readonly receiptNumber: string; readonly amountFen: number }[],
    /** Numbers that were printed on more than one card by mistake. */
    copiedCards: Array.from({ length: 4 }, newCardNumber),
    /** Numbers of ours that were shown at a counter and known nowhere, or not there. */
    strangeCards: [] as string[],
    /** Of the last rule or plan that was published. */
    version: 1,
    /** Head office dies when so many more questions were put to its store. */
    endHeadOfficeIn: (questions: number): void => void (dyingIn = questions),
    /** Its disk is put back as it was a moment ago; stations are told that the numbers they know are not to be believed. */
    async restoreHeadOffice(): Promise<void> {
      dyingIn = undefined;
      host.kill();
      // What was under way when it died has to notice first.
      await timeline.settle();
      await disk.backup();
      await putBack();
      await sayPutBack();
    },
    /** Its disk is put back as it was at the last backup. @param isSaid whether somebody tells head office so */
    async putBackHeadOffice({ isSaid = true } = {}): Promise<void> {
      host.kill();
      await timeline.settle();
      await putBack();
      if (isSaid) await sayPutBack();
    },
    /** Head office stops in the middle of whatever it did, and starts again. */
    async restartHeadOffice(): Promise<void> {
      dyingIn = undefined;
      host.kill();
      await startHeadOffice();
    },
    nextDay: (days = 1): void => timeline.sleepThrough(days * dayMs),
    /** The administrator, at head office's own door. */
    decideAtHeadOffice: (decision: InputOf<typeof decideProposalAct>) => admin().act(company.administrator, decideProposalAct, decision),
    newCardNumber,
    publishRule: (changes: Partial<EarningRule>) => admin().publishRule(administrator, { ...briefRule, ...changes }),
    publishPlan: (changes: Partial<RedemptionPlan>) => admin().publishPlan(administrator, { ...teaPlan, ...changes }),
    async close(): Promise<void> {
      for (const station of stations) await station.close();
      await host.close();
    },
  };
}
