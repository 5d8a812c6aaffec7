import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const thisCounterTexts = {
  "thisCounter.title": ["本机设置", "This counter"],
  "thisCounter.lead": ["只对这台电脑有效，不用联网。", "For this computer only; no line is needed."],
  "thisCounter.idle": ["多少分钟没人动就自动锁屏", "Minutes without a touch until it locks"],
  "thisCounter.idle.hint": [
    "{min} 到 {max} 分钟，平常是 {usual} 分钟。顾客够得着键盘的地方短一些。",
    "{min} to {max}; usually {usual}. Less where customers can reach the keyboard.",
  ],
  "thisCounter.idle.wrong": ["请填 {min} 到 {max} 的整数", "Enter a whole number from {min} to {max}"],
  "thisCounter.save": ["保存", "Save"],
  "thisCounter.saved": ["已保存，马上生效。", "Saved, and in force from now on."],
} as const satisfies TextPairs;
