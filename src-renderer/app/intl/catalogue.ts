import { accountTexts } from "../../features/accounts/texts.ts";
import { actTexts } from "../../features/acts/texts.ts";
import { deviceTexts } from "../../features/devices/texts.ts";
import { findTexts } from "../../features/find/texts.ts";
import { firstRunTexts } from "../../features/first-run/texts.ts";
import { journalTexts } from "../../features/journal/texts.ts";
import { tierTexts } from "../../features/member/tier-texts.ts";
import { memberTexts } from "../../features/member/texts.ts";
import { passwordTexts } from "../../features/password/texts.ts";
import { pinTexts } from "../../features/pin/texts.ts";
import { practiceTexts } from "../../features/practice/texts.ts";
import { queueTexts } from "../../features/queue/texts.ts";
import { recoveryKeyTexts } from "../../features/recovery-key/texts.ts";
import { reviewTexts } from "../../features/reviews/texts.ts";
import { holdTexts } from "../../features/holds/texts.ts";
import { requestTexts } from "../../features/requests/texts.ts";
import { proposalTexts } from "../../features/proposals/texts.ts";
import { auditTexts } from "../../features/audit/texts.ts";
import { erasureTexts } from "../../features/erasures/texts.ts";
import { recoveryTexts } from "../../features/recovery/texts.ts";
import { periodTexts } from "../../features/periods/texts.ts";
import { dictionaryTexts } from "../../features/dictionaries/texts.ts";
import { tiersTexts } from "../../features/rules/tier-texts.ts";
import { ruleTexts } from "../../features/rules/texts.ts";
import { shiftTexts } from "../../features/shift/texts.ts";
import { signInTexts } from "../../features/sign-in/texts.ts";
import { thisCounterTexts } from "../../features/this-counter/texts.ts";
import { updateTexts } from "../../features/updates/texts.ts";
import { paletteTexts } from "../palette/texts.ts";
import { slipTexts } from "../../features/slip/texts.ts";
import { encodeRowTexts } from "../../features/encode-row/texts.ts";
import { encodingTexts } from "../encoding/texts.ts";
import { issueRowTexts } from "../../features/issue-row/texts.ts";
import { headOfficeStockTexts } from "../../features/head-office-stock/texts.ts";
import { poolTexts } from "../../features/pools/texts.ts";
import { peopleTexts } from "../../features/people/texts.ts";
import { stationTexts } from "../../features/stations/texts.ts";
import { stockTexts } from "../../features/stock/texts.ts";
import { syncTexts } from "../../features/sync/texts.ts";
import { refusalTexts } from "../refusals/texts.ts";
import { recoverySheetTexts } from "../recovery-key/texts.ts";
import { screenTexts } from "../screens/texts.ts";
import { sessionTexts } from "../session/texts.ts";
import { shellTexts } from "../shell/texts.ts";
import { workplaceTexts } from "../workplace/texts.ts";
import type { Locale } from "./locale.ts";

/** Every text of every screen, in both languages. */
export const texts = {
  ...shellTexts,
  ...workplaceTexts,
  ...screenTexts,
  ...paletteTexts,
  ...sessionTexts,
  ...refusalTexts,
  ...firstRunTexts,
  ...signInTexts,
  ...shiftTexts,
  ...memberTexts,
  ...tierTexts,
  ...actTexts,
  ...journalTexts,
  ...findTexts,
  ...proposalTexts,
  ...holdTexts,
  ...requestTexts,
  ...reviewTexts,
  ...queueTexts,
  ...practiceTexts,
  ...passwordTexts,
  ...pinTexts,
  ...slipTexts,
  ...syncTexts,
  ...ruleTexts,
  ...tiersTexts,
  ...dictionaryTexts,
  ...erasureTexts,
  ...recoveryTexts,
  ...auditTexts,
  ...periodTexts,
  ...accountTexts,
  ...thisCounterTexts,
  ...updateTexts,
  ...recoverySheetTexts,
  ...recoveryKeyTexts,
  ...deviceTexts,
  ...headOfficeStockTexts,
  ...stationTexts,
  ...peopleTexts,
  ...poolTexts,
  ...stockTexts,
  ...encodingTexts,
  ...encodeRowTexts,
  ...issueRowTexts,
} as const;

export type MessageKey = keyof typeof texts;

export function messagesIn(locale: Locale): Record<string, string> {
  const at = locale === "zh-CN" ? 0 : 1;
  return Object.fromEntries(Object.entries(texts).map(([key, pair]) => [key, pair[at]]));
}
