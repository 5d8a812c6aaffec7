import type { Charge } from "#shared/domain/expiry/charges.ts";
import type { Served } from "#shared/domain/expiry/inactivity.ts";

/** What paid for a spend, or gave points back to it; the undoing of a spend stands under the spend. */
export type MemberCharge = Charge & { readonly memberId: string };

/** A day on which a branch awarded points to a member, or let them be spent, whether or not that was undone. */
export type MemberServed = Served & { readonly memberId: string };

export type FinishedRun = {
  readonly job: "expiry" | "tiers";
  /** The last business date that it covers. */
  readonly until: string;
  readonly doneAtMs: number;
  /** Stations that it did not wait for any longer. */
  readonly without: readonly number[];
};

/** A station whose newest life goes on: runs for an instant wait until it was heard past it. */
export type LiveStation = {
  readonly replica: number;
  readonly branchId: string;
  /** Everything that it wrote before this moment is here; null while something is missing that it said it has. */
  readonly heardThroughMs: number | null;
};

/** What the jobs that follow the calendar ask of the books. */
export type LapseStore = {
  readonly liveStations: () => Promise<readonly LiveStation[]>;
  readonly lastRun: (job: FinishedRun["job"]) => Promise<FinishedRun | undefined>;
  readonly finishRun: (run: FinishedRun) => Promise<void>;
  /** Members with points at head office in lots whose last day is after `after` and not after `until`, in the order of their ids. */
  readonly membersWithLapsedPool: (span: { after: string; until: string; limit: number }) => Promise<readonly string[]>;
  /**
   * Members who hold points that lapse when they stay away, and who were served on a day from which on that time was over in this span. Many
   * of them have been there since: the rest of their days says whether anything lapsed.
   */
  readonly membersLongUnserved: (span: { after: string; until: string }) => Promise<readonly string[]>;
  /** When these members were served, oldest first. */
  readonly served: (memberIds: readonly string[]) => Promise<readonly MemberServed[]>;
  /** Members to look at again, because of something that was heard late, in the order of their ids. */
  readonly due: (page: { after: string; limit: number }) => Promise<readonly string[]>;
  readonly markDue: (memberIds: readonly string[]) => Promise<void>;
  readonly clearDue: (memberIds: readonly string[]) => Promise<void>;
  readonly lotsEver: (memberIds: readonly string[]) => Promise<readonly string[]>;
  /** What these members spent or repaid, by spend and lot, undone ones left out. */
  readonly charges: (memberIds: readonly string[]) => Promise<readonly MemberCharge[]>;
};
