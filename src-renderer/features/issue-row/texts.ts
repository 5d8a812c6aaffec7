import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const issueRowTexts = {
  "issueRow.title": ["连续发卡", "Issue cards in a row"],
  "issueRow.lead": [
    "一张接一张刷空白卡，每张发给名单上的下一位。断电后名单还在，接着刷就行。",
    "Swipe blank card after blank card: each goes to the next on the list. After a power cut the list goes on where it stopped.",
  ],
  "issueRow.next": ["下一位", "Next"],
  "issueRow.swipe": ["请刷一张空白卡", "Swipe a blank card"],
  "issueRow.typed": ["或输入卡面号码", "Or type the number on the card"],
  "issueRow.typed.missing": ["请填卡面号码，至少 4 位", "Enter the number on the card, at least 4 figures"],
  "issueRow.typed.submit": ["发这张卡", "Issue this card"],
  "issueRow.skip": ["先跳过", "Skip for now"],
  "issueRow.waiting": ["等卡的会员", "Members who wait for a card"],
  "issueRow.waiting.count": ["{count} 人", "{count, plural, one {# member} other {# members}}"],
  "issueRow.joined": ["{number}，{time} 入会", "{number}, joined {time}"],
  "issueRow.skipped": ["已跳过", "skipped"],
  "issueRow.nobody": ["没有会员在等卡。新入会的会员会出现在这里。", "Nobody waits for a card. Whoever joins appears here."],
  "issueRow.done": ["这一轮已发", "Issued in this row"],
  "issueRow.done.count": ["{count} 张", "{count, plural, one {# card} other {# cards}}"],
  "issueRow.done.none": ["还没有发卡。", "None yet."],
  "issueRow.issued": ["尾号 {last4} → {name}", "…{last4} → {name}"],
  "issueRow.undone": ["已作废", "taken back"],
  "issueRow.announced": ["{name}：尾号 {last4} 已发", "{name} has the card ending in {last4}"],
  "issueRow.undo": ["撤回上一张", "Take back the last one"],
  "issueRow.undo.done": [
    "尾号 {last4} 已作废，请剪断；{name} 仍排在最前面。",
    "The card ending in {last4} is void, please cut it up. {name} is next again.",
  ],
  "issueRow.taken": ["这张卡已经是 {name} 的", "This card is {name}'s already"],
  "issueRow.taken.blocked": ["这张卡已停用，原来是 {name} 的", "This card is blocked; it was {name}'s"],
  "issueRow.taken.remedy": ["请换一张空白卡，名单不动。", "Take another blank card; the list stays as it is."],
} as const satisfies TextPairs;
