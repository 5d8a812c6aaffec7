import type { TextPairs } from "../intl/text-pairs.ts";

export const recoverySheetTexts = {
  "recoveryKey.sheet": ["请收好恢复密钥", "Keep this recovery key"],
  "recoveryKey.sheet.body": [
    "这台柜台的数据是加密的。电脑坏了或密钥丢了，凭这一串字母就能重新打开。请打印出来，或者抄在纸上，锁进保险柜。",
    "The data of this counter are encrypted. When the computer breaks or its key is lost, these letters open them again. Print them or write them down, and lock the paper away.",
  ],
  "recoveryKey.key": ["恢复密钥", "Recovery key"],
  "recoveryKey.sheet.headOffice": [
    "从第一次交换起，总部也密封保管一份；纸丢了，请总部取出。",
    "Head office keeps a sealed copy from the first exchange on, and can bring it out when the paper is lost.",
  ],
  "recoveryKey.sheet.secret": [
    "谁拿到它和数据，谁就能读到全部内容。不要拍照，不要发消息。",
    "Whoever has it and the data can read all of them. Take no picture of it, and send it to nobody.",
  ],
  "recoveryKey.sheet.printed": ["{branch} · {number} 号柜台 · 打印于 {day}", "{branch} · counter {number} · printed {day}"],
  "recoveryKey.print": ["打印", "Print"],
  "recoveryKey.done": ["已收好，继续", "It is kept; go on"],
} as const satisfies TextPairs;
