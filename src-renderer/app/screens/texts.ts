import type { TextPairs } from "../intl/text-pairs.ts";

/** The frame of the screens beside the counter. */
export const screenTexts = {
  "screens.loading.title": ["正在打开：{title}", "Opening: {title}"],
  "screens.loading.body": ["马上就好。", "Just a moment."],
  "screens.reading": ["正在读取…", "Reading…"],
  "screens.close": ["回到柜台", "Back to the counter"],
  "screens.needsLine": [
    "这一页要连着总部才能办，线路恢复后继续；填好的内容会保留。",
    "This page needs head office. Go on when the line is back; what you typed is kept.",
  ],
  "screens.broken.title": ["{title}：这一页出错了", "{title}: this page has stopped"],
  "screens.broken.body": [
    "柜台不受影响，按 Esc 回到柜台照常营业。再试仍不行，请告诉管理员。",
    "The counter is not affected: Esc goes back to it. If trying again does not help, tell the administrator.",
  ],
  "screens.broken.retry": ["再试一次", "Try again"],
} as const satisfies TextPairs;
