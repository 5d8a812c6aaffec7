import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const journalTexts = {
  "journal.title": ["今日流水", "Today's journal"],
  "journal.empty": ["今天还没有记录", "Nothing recorded today"],
  "journal.earned": ["积分", "Awarded"],
  "journal.redeemed": ["兑换", "Redeemed"],
  "journal.waiting": ["待交换", "Waiting"],
  "journal.kind.award": ["积分", "Award"],
  "journal.kind.proposal": ["申请", "Proposal"],
  "journal.kind.approved": ["批准", "Approved"],
  "journal.kind.rejected": ["驳回", "Rejected"],
  "journal.kind.redeem": ["兑换", "Redeem"],
  "journal.kind.void": ["撤销", "Undo"],
  "journal.kind.memberCreated": ["新会员", "New member"],
  "journal.kind.cardIssued": ["发卡", "Card issued"],
  "journal.kind.cardBlocked": ["挂失", "Card blocked"],
  "journal.state.waiting": ["等待交换", "waiting"],
  "journal.state.confirmed": ["总部已收到", "confirmed"],
  "journal.state.flagged": ["总部已标记", "flagged"],
  "journal.state.quarantined": ["被总部隔离", "held back"],
  "journal.voided": ["已撤销", "undone"],
  "journal.open": ["打开会员 {name}", "Open member {name}"],
} as const satisfies TextPairs;
