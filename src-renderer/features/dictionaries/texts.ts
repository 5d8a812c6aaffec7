import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const dictionaryTexts = {
  "dictionaries.title": ["选项字典", "Lists of choices"],
  "dictionaries.lead": [
    "柜台上供选择的原因。停用的不再出现，用过它的记录仍保留名称。",
    "The reasons that counters choose from. A retired one is offered no more, and what was done under it keeps its name.",
  ],
  "dictionaries.kind": ["哪张表", "List"],
  "dictionaries.kind.cardBlockReason": ["停卡原因", "Reasons for blocking a card"],
  "dictionaries.kind.undoReason": ["撤销原因", "Reasons for undoing"],
  "dictionaries.entries": ["选项", "Choices"],
  "dictionaries.new": ["新增一项", "New choice"],
  "dictionaries.retired": ["已停用", "Retired"],
  "dictionaries.nameZh": ["中文名称", "Name in Chinese"],
  "dictionaries.nameEn": ["英文名称", "Name in English"],
  "dictionaries.name.wrong": ["请填名称，两种语言都要", "Enter the name in both languages"],
  "dictionaries.position": ["排序（小的在前）", "Order (lowest first)"],
  "dictionaries.position.wrong": ["请填 0 以上的整数", "Enter a whole number from 0 on"],
  "dictionaries.save": ["保存", "Save"],
  "dictionaries.retire": ["停用", "Retire"],
  "dictionaries.offer": ["重新启用", "Offer again"],
  "dictionaries.saved": ["已保存：{name}", "Saved: {name}"],
} as const satisfies TextPairs;
