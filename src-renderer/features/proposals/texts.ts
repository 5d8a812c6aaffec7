import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const proposalTexts = {
  "proposals.title": ["待批的积分", "Points waiting for approval"],
  "proposals.lead": ["这些积分由总部定夺，你的决定会立即送到总部。", "Head office holds these; your decision goes there at once."],
  "proposals.list": ["待批申请", "Open proposals"],
  "proposals.count": ["{count} 条", "{count}"],
  "proposals.none": ["没有待批的申请", "Nothing waits for approval"],
  "proposals.needsLine": [
    "需要总部：线路恢复后才能决定，写的内容会保留。",
    "Needs head office: decide when the line is back. What you write is kept.",
  ],
  "proposals.by": ["{name} 于 {time} 提出 · {branch}", "Proposed by {name}, {time} · {branch}"],
  "proposals.at": ["{time} 提出 · {branch}", "Proposed {time} · {branch}"],
  "proposals.cause": ["小票 {receipt} · {amount}", "Receipt {receipt} · {amount}"],
  "proposals.difference": ["规则已更新，这是差额", "the rule has changed, this is the difference"],
  "proposals.points": ["{points} 分", "{points} points"],
  "proposals.reason": ["原因（驳回时必填）", "Reason (needed to reject)"],
  "proposals.approve": ["批准", "Approve"],
  "proposals.reject": ["驳回", "Reject"],
  "proposals.approved": ["已批准 {name} 的 {points} 分", "Approved {points} points for {name}"],
  "proposals.rejected": ["已驳回 {name} 的 {points} 分", "Rejected {points} points for {name}"],
  "proposals.close": ["回到柜台", "Back to the counter"],
} as const satisfies TextPairs;
