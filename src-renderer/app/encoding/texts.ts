import type { TextPairs } from "../intl/text-pairs.ts";

export const encodingTexts = {
  "encoding.title": ["用写卡器发卡", "Write a card and issue it"],
  "encoding.next": [
    "下一张：{kind}，尾号 {last4}。请核对卡面号码。",
    "Next: {kind} ending {last4}. Check it against the number on the card.",
  ],
  "encoding.typed": ["写上面输入的号码。", "The number typed above is written."],
  "encoding.none": [
    "本店没有登记过的空白卡了。收到一盒卡后先在“库存”里登记；也可以在上面输入卡面号码。",
    "This branch has no blank cards on its books. Take a box in under Stock first, or type the number on the card above.",
  ],
  "encoding.away": ["写卡器没有连上：检查电源和连线。", "The encoder is not ready: check its power and cable."],
  "encoding.submit": ["写卡并发给 {name}", "Write it and issue it to {name}"],
  "encoding.again": ["用同一张卡再写", "Write the same card again"],
  "encoding.write.now": ["第 1 步：把卡划过写卡器，写入号码", "Step 1: draw the card through the encoder to write it"],
  "encoding.write.body": [
    "号码尾号 {last4}。匀速划，不快不慢。卡上原来的内容会被盖掉，请确认是空白卡。",
    "The number ending {last4}. Draw it evenly. Whatever is on the card is overwritten: make sure that it is a blank one.",
  ],
  "encoding.check.now": ["第 2 步：同一张卡再划一次，读回验证", "Step 2: draw the same card through once more to read it back"],
  "encoding.check.body": [
    "尾号 {last4} 已写。读回来一样，卡才发出。",
    "The number ending {last4} is written. The card is issued when it reads the same.",
  ],
  "encoding.practise.well": ["把练习卡划过去", "Draw the practice card through"],
  "encoding.practise.tooFast": ["划得太快", "Too fast"],
  "encoding.practise.badly": ["写坏一张", "Spoil the card"],
  "encoding.stop": ["停止", "Stop"],
} as const satisfies TextPairs;
