import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const tierTexts = {
  "tier.none": ["没有等级", "No tier"],
  "tier.explain": ["等级是怎么来的", "How the tier comes about"],
  "tier.unknown": ["总部还没有告诉本店由来。", "Head office has not told this branch why."],
  "tier.points": ["{points} 分", "{points} points"],
  "tier.counted.points": [
    "{from} 至 {until} 的消费所得积分；花掉的也算，退货的不算。",
    "Points earned by purchases from {from} to {until}, spent or not; what came back does not count.",
  ],
  "tier.counted.spend": [
    "{from} 至 {until} 的消费金额；退货的不算。",
    "Money spent on purchases from {from} to {until}; what came back does not count.",
  ],
  "tier.takes": ["{tier}：满 {from} 可得，满 {keep} 保级。", "{tier} is reached with {from} and kept with {keep}."],
  "tier.next": ["满 {from} 升{tier}。", "{tier} is reached with {from}."],
  "tier.earns": ["消费按规则的 {percent}% 积分。", "Purchases earn {percent}% of what the rule gives."],
  "tier.earlier": ["更早的 {count} 笔", "{count, plural, one {# earlier purchase} other {# earlier purchases}}"],
  "tier.nothingCounted": ["这段时间没有消费", "No purchases in that time"],
  "tier.history": ["评定记录", "How it was judged"],
  "tier.until": ["截至 {date}：{amount}", "as of {date}: {amount}"],
  "tier.evaluatedOn": ["{date} 评定", "judged {date}"],
  "tier.recomputedOn": ["{date} 重新计算：迟到的消费补算进去", "recomputed on {date}: a purchase was heard late"],
  "tier.outcome.raised": ["{before} 升为 {tier}", "Raised from {before} to {tier}"],
  "tier.outcome.kept": ["保级：{tier}", "Kept: {tier}"],
  "tier.outcome.stayed": ["未达保级，仍为 {tier}", "Missed, and stays: {tier}"],
  "tier.outcome.lowered": ["{before} 降为 {tier}", "Lowered from {before} to {tier}"],
  "tier.outcome.none": ["没有等级", "No tier"],
} as const satisfies TextPairs;
