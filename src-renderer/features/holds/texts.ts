import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const holdTexts = {
  "holds.title": ["暂扣的积分", "Points on hold"],
  "holds.lead": [
    "兑换还没有结果的积分：终端或合作方答复之前谁也不能动用，也不会自动退回。没有答复的，问清楚以后在这里了结。",
    "Points of redemptions that have no answer yet: nobody may spend them, and nothing gives them back by itself. Where no answer comes, find out and end it here.",
  ],
  "holds.list": ["等待结果的", "Waiting for an answer"],
  "holds.none": ["没有暂扣的积分", "Nothing is on hold"],
  "holds.about": ["{plan} × {quantity}，{taker}，{time} 起，{by}", "{plan} × {quantity}, {taker}, since {time}, {by}"],
  "holds.planUnknown": ["兑换方案", "A plan"],
  "holds.byUnknown": ["其他柜台的同事", "somebody at another counter"],
  "holds.where.otherCounter": ["在本店另一台柜台暂扣，请到那台柜台了结。", "Held by another counter of this branch; end it there."],
  "holds.where.earlierLife": [
    "数据库恢复之前暂扣的，请总部了结。",
    "Held before this counter's database was put back; head office ends it.",
  ],
  "holds.outcome": ["兑换成功了吗？", "Was it carried out?"],
  "holds.outcome.confirm": ["成功了：扣除积分", "Yes: the points are spent"],
  "holds.outcome.cancel": ["没有成功：退回积分", "No: the points come back"],
  "holds.outcome.missing": ["请选一项", "Choose one"],
  "holds.reason": ["怎么知道的", "How do you know?"],
  "holds.reason.hint": ["例如：终端流水单上有这一笔", "Such as: it is on the roll of the terminal"],
  "holds.reason.missing": ["请写明怎么知道的", "Say how you know"],
  "holds.submit": ["了结", "End the hold"],
  "holds.confirmed": ["积分已扣除", "The points are spent"],
  "holds.cancelled": ["积分已退回，可以在此使用", "The points are back and can be spent here"],
} as const satisfies TextPairs;
