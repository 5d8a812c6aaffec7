import type { JournalLine } from "#shared/contracts/points.ts";
import type { MessageKey } from "./catalogue.ts";
import type { Texts } from "./use-texts.ts";

const blockReasons: Readonly<Record<string, MessageKey>> = {
  lost: "block.reason.lost",
  stolen: "block.reason.stolen",
  damaged: "block.reason.damaged",
  misused: "block.reason.misused",
};

/** @returns what a line of the journal was about, or undefined when its kind says it all */
export function journalDetail(line: Pick<JournalLine, "kind" | "detail" | "planName">, { t, name }: Texts): string | undefined {
  if (line.planName) return name(line.planName);
  const reason = line.kind === "cardBlocked" && line.detail !== null ? blockReasons[line.detail] : undefined;
  return reason ? t(reason) : (line.detail ?? undefined);
}
