import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const recoveryKeyTexts = {
  "recoveryKey.title": ["恢复密钥", "Recovery key"],
  "recoveryKey.lead": [
    "电脑坏了或密钥丢了，用它重新打开这台柜台的数据。谁看过，会记下来。",
    "It opens the data of this counter again when the computer breaks or its key is lost. Who was shown it is noted.",
  ],
  "recoveryKey.kept": ["总部密封保管着一份", "Head office keeps a sealed copy"],
  "recoveryKey.missing": ["总部还没有这台柜台现在的密钥", "Head office has not the present key of this counter yet"],
  "recoveryKey.missing.body": [
    "下次交换时自动送去，不用做什么。在这之前，请收好打印的那一份。",
    "It goes there by itself with the next exchange. Until then, keep the printed sheet.",
  ],
  "recoveryKey.show": ["显示恢复密钥", "Show the recovery key"],
} as const satisfies TextPairs;
