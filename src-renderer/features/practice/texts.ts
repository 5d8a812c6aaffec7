import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const practiceTexts = {
  "practice.title": ["练习刷卡", "Practise with a card"],
  "practice.lead": ["样例里没有真读卡器：选一张卡，等于把它刷一次。", "A sample has no real reader: choose a card, and it is swiped."],
  "practice.cards": ["抽屉里的卡", "Cards in the drawer"],
  "practice.kind.ourMember": ["本店会员", "A member of this branch"],
  "practice.kind.otherBranch": ["别店会员", "A member of another branch"],
  "practice.kind.blank": ["空白卡", "A blank card"],
  "practice.kind.tag": ["感应卡", "A tag"],
  "practice.kind.staff": ["员工卡", "A staff card"],
  "practice.kind.foreign": ["不是会员卡", "Not a member card"],
  "practice.kind.damaged": ["没刷好", "A swipe that goes wrong"],
  "practice.card": ["{name} · 尾号 {last4}", "{name} · ending {last4}"],
  "practice.nobody": ["尾号 {last4}", "ending {last4}"],
  "practice.swipe": ["刷这张卡", "Swipe this card"],
} as const satisfies TextPairs;
