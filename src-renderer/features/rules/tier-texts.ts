import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const tiersTexts = {
  "tiers.title": ["会员等级", "Tiers"],
  "tiers.none": ["未发布", "Not published"],
  "tiers.measure": ["按什么评定", "What is counted"],
  "tiers.measure.points": ["消费所得积分", "Points earned"],
  "tiers.measure.spend": ["消费金额", "Money spent"],
  "tiers.window": ["算多久", "Over what time"],
  "tiers.window.calendarYear": ["自然年", "The calendar year"],
  "tiers.window.twelveMonths": ["最近 12 个月", "The last 12 months"],
  "tiers.place": ["第 {place} 级（从低到高）", "Tier {place}, from the lowest"],
  "tiers.from.points": ["达到（分）", "Reached with (points)"],
  "tiers.from.spend": ["达到（元）", "Reached with (yuan)"],
  "tiers.from.wrong": ["请填数字，比下一级高", "Enter a figure above the tier below"],
  "tiers.keep.points": ["保级（分，空着就是不要求）", "Kept with (points; empty: nothing)"],
  "tiers.keep.spend": ["保级（元，空着就是不要求）", "Kept with (yuan; empty: nothing)"],
  "tiers.keep.wrong": ["请填不高于达到标准的数字，或空着", "Enter no more than it takes to reach it, or leave it empty"],
  "tiers.add": ["再加一级", "Add a tier above"],
  "tiers.remove": ["去掉第 {place} 级", "Take tier {place} away"],
  "tiers.onMiss": ["未达保级", "When it is not kept"],
  "tiers.onMiss.oneDown": ["降一级", "One down"],
  "tiers.onMiss.stay": ["不降", "Stays"],
  "tiers.opensOn.hint": [
    "每月最后一天评定，等各店的账都到齐（最多等 14 天）。自然年只在年末降级。",
    "Judged for the last day of each month, once every branch was heard past it, 14 days later at most. A calendar year lowers at its end alone.",
  ],
} as const satisfies TextPairs;
