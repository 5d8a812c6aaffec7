import type { TextPairs } from "../intl/text-pairs.ts";

/** What joins the panes of the counter. */
export const workplaceTexts = {
  "workplace.title": ["柜台", "Counter"],
  "workplace.empty.title": ["刷卡或按 F2", "Swipe a card or press F2"],
  "workplace.empty.body": ["任何时候都可以刷卡，会员会立即出现。", "Swipe at any time; the member comes up at once."],
  "workplace.empty.newMember": ["办新会员", "New member"],
  "workplace.empty.find": ["找会员", "Find a member"],
  "workplace.recent": ["最近的会员", "Recent members"],
  "workplace.swipe.issueTo": ["发给 {name}", "Issue it to {name}"],
  "workplace.swipe.newMember": ["办新会员", "Enrol a new member"],
  "workplace.swipe.keep": ["记下消费，积分随后到账", "Record a purchase; points follow"],
  "workplace.swipe.find": ["按手机号找", "Find by phone"],
  "workplace.swipe.cause": ["读卡器报告：{cause}", "The reader reports: {cause}"],
  "workplace.draftKept": ["{name} 的表单已保留", "{name}: form kept"],
  "workplace.switchBack": ["切回", "Switch back"],
  "workplace.undo.award": ["已给 {name} 积 {points} 分", "Awarded {points} points to {name}"],
  "workplace.undo.proposal": ["已为 {name} 申请 {points} 分", "Proposed {points} points for {name}"],
  "workplace.undo.redeem": ["{name} 已兑换，扣 {points} 分", "{name} redeemed {points} points"],
  "workplace.undo.do": ["撤销", "Undo"],
  "workplace.undo.reason": ["刚记下即撤销", "Undone at once"],
  "workplace.exchanged": ["已与总部交换", "Exchanged with head office"],
  "workplace.exchangeOffline": [
    "线路不通，本机照常营业；恢复后自动交换",
    "The line is down. The counter goes on, and exchanges by itself when the line is back",
  ],
  "workplace.memberShown": ["会员 {name}", "Member {name}"],
} as const satisfies TextPairs;
