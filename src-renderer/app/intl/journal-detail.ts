import type { JournalLine } from "#shared/contracts/points.ts";
import type { Texts } from "./use-texts.ts";

type About = Pick<JournalLine, "planName" | "reasonName" | "detail">;

/** @returns what a line of the journal was about, or undefined when its kind says it all */
export function journalDetail({ planName, reasonName, detail }: About, { name }: Texts): string | undefined {
  const named = planName ?? reasonName;
  return named ? name(named) : (detail ?? undefined);
}
