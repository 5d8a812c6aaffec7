import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const queueTexts = {
  "queue.title": ["总部待处理", "Queue at head office"],
  "queue.lead": [
    "柜台送来、没能照常生效的记录。每一笔写着是什么、为什么、从哪来、该怎么办；一笔不影响别的。",
    "Entries of the counters that could not simply take effect: what each is, why, from where, and what to do. None holds up another.",
  ],
  "queue.which": ["看哪一类", "Which ones"],
  "queue.quarantined": ["要你决定（{count}）", "For you to decide ({count})"],
  "queue.parked": ["在等别处（{count}）", "Waiting for another place ({count})"],
  "queue.flagged": ["已生效，要看一眼（{count}）", "In effect, to be looked at ({count})"],
  "queue.none.quarantined": ["没有要决定的记录", "Nothing to decide"],
  "queue.none.parked": ["没有在等的记录", "Nothing waits"],
  "queue.none.flagged": ["没有要看的记录", "Nothing to look at"],
  "queue.cut": ["只列出最新的 200 笔。", "Only the newest 200 are listed."],

  "queue.watched.title": [
    "门店 {branch} 的 {replica} 号柜台送来了它的程序不会写的记录",
    "Counter {replica} of {branch} sent what its program does not write",
  ],
  "queue.watched.body": [
    "有 {count} 笔。可能有人绕过了登录，或动过那台电脑的数据。请今天就去看那台电脑，查清是谁在用。",
    "{count, plural, one {One entry} other {# entries}}. Somebody may have got around the sign-in, or changed the data of that computer. Look at it today, and find out who used it.",
  ],
  "queue.suspended.title": ["{branch} {replica} 号柜台已停止接收", "Nothing more is taken from counter {replica} of {branch}"],
  "queue.suspended.body": [
    "它的记录链断了：数据被改过，或磁盘坏了。请联系技术支持；那台柜台可以继续营业。",
    "Its chain of entries does not hold: somebody changed the data, or the disk is bad. Call support; that counter goes on serving.",
  ],

  "queue.row.from": ["{branch} · {slip}", "{branch} · {slip}"],
  "queue.row.overdue": ["等了太久", "waits too long"],
  "queue.unreadable": ["读不懂的记录", "An entry that cannot be read"],
  "queue.what": ["是什么", "What"],
  "queue.points": ["{points} 分", "{points} points"],
  "queue.member": ["会员", "Member"],
  "queue.member.of": ["{name}（{number}）", "{name} ({number})"],
  "queue.member.unknown": ["总部还不认识", "not known at head office"],
  "queue.receipt": ["小票 {receipt}", "receipt {receipt}"],
  "queue.refunded": ["退款 {amount}", "{amount} refunded"],
  "queue.from": ["从哪来", "From"],
  "queue.from.at": ["{branch}，单号 {slip}", "{branch}, slip {slip}"],
  "queue.capElsewhere": ["每日上限：别的柜台当天已给 {points} 分", "Cap of the day: other branch had {points}"],
  "queue.other": ["先记的那一笔", "The one entered first"],
  "queue.this": ["这一笔", "This one"],
  "queue.by": ["经手人", "Entered by"],
  "queue.by.nobody": ["员工名单上没有这个人", "nobody on the list of staff"],
  "queue.when": ["时间", "When"],
  "queue.when.at": ["柜台 {at}", "at the counter {at}"],
  "queue.when.received": ["总部收到 {received}", "received {received}"],
  "queue.why": ["为什么", "Why"],
  "queue.waitsFor": ["在等", "Waits for"],
  "queue.waitsFor.entry": ["单号 {slip} 的那笔", "the entry with slip {slip}"],
  "queue.waitsFor.member": ["登记这位会员的柜台", "the counter that entered the member"],
  "queue.waitsFor.lot": ["给出这些积分的柜台", "the counter that gave the points"],
  "queue.waitsFor.program": ["总部升级程序", "a newer program at head office"],
  "queue.behind": ["后面等着", "Behind it"],
  "queue.behind.count": [
    "{count} 笔，处理好自动跟上",
    "{count, plural, one {one entry, which follows} other {# entries, which follow}} by itself",
  ],
  "queue.group": ["同一组 {count} 笔，一起处理", "{count} entries of one act, decided together"],

  "queue.reason": ["给柜台的话（必填，柜台会看到）", "What the counter shall read (needed)"],
  "queue.reason.missing": ["写一句原因，柜台的人要看懂。", "Write a sentence that the people at the counter understand."],
  "queue.release": ["放行：重新判断", "Release: judge again"],
  "queue.vouch": ["作保放行", "Answer for it and release"],
  "queue.refuse": ["不予生效", "Refuse for good"],
  "queue.note": ["看过了", "Looked at"],
  "queue.refund.same": ["同一批货，不再扣", "The same goods: take nothing back"],
  "queue.refund.other": ["另外的货，也扣回", "Other goods: take these back too"],
  "queue.parked.about": [
    "不用处理：等的到了，自动生效。确定等不到了，再写明原因不予生效。",
    "Nothing to do: it takes effect by itself when that comes. Refuse it only when you know that it never will.",
  ],
  "queue.overdue": [
    "已等了 30 天以上。查一查那台柜台为什么没连上；确定等不到了，就不予生效。",
    "It has waited for more than 30 days. Find out why that counter was not heard; refuse the entry if it never will be.",
  ],
  "queue.released": [
    "{count, plural, =0 {放行了} other {放行了，连带 # 笔}}",
    "{count, plural, =0 {It is released} other {It is released, and # more with it}}",
  ],
  "queue.refused": [
    "{count, plural, =0 {已不予生效} other {已不予生效，连带 # 笔}}；柜台会看到原因",
    "{count, plural, =0 {It is refused} other {It is refused, and # more with it}}; the counter reads why",
  ],
  "queue.counted": [
    "这次退货也算数，扣回 {count} 分；柜台会看到",
    "{count, plural, one {This refund counts too: one point is} other {This refund counts too: # points are}} taken back; the counter reads it",
  ],
  "queue.noted": ["记下了，柜台会看到", "Noted; the counter reads it"],

  "queue.why.NEVER_PERMITTED": [
    "写的人没有这个权限，柜台程序不会让他写。先查清是谁用了那台电脑；查清可信，管理员可以作保放行，否则不予生效。",
    "Whoever wrote it may not do this, and the program would not have let them. Find out who used that computer. An administrator may answer for them; else refuse it.",
  ],
  "queue.why.WAITS_BEHIND": [
    "前面一笔关于同一位会员、卡或积分的还没生效。",
    "An earlier entry about the same member, card or points has no effect yet.",
  ],
  "queue.why.MEMBER_UNKNOWN": ["登记这位会员的柜台还没和总部交换过。", "The counter that entered the member has not been heard yet."],
  "queue.why.BOOKS_RECOVERING": [
    "总部刚从备份恢复，其他柜台可能还会报来它用的积分。",
    "Head office was put back from a copy; other counters may still tell where its points came from.",
  ],
  "queue.why.LOT_UNKNOWN": ["给出这些积分的柜台还没和总部交换过。", "The counter that gave the points has not been heard yet."],
  "queue.why.UNKNOWN_TYPE": [
    "总部的程序比柜台旧，读不懂这一类记录。升级总部后自动生效。",
    "Head office is older than the counter and cannot read this kind. It takes effect after head office is updated.",
  ],
  "queue.why.MEMBER_EXISTS": ["这位会员总部已经有了。不予生效即可。", "Head office has this member already. Refuse it."],
  "queue.why.MEMBER_NUMBER_TAKEN": [
    "会员号已被占用。请柜台重新登记，再不予生效。",
    "The member number is in use. Have the counter enter the member anew, then refuse this.",
  ],
  "queue.why.BRANCH_UNKNOWN": ["总部没有这家门店。建好门店再放行。", "There is no such branch. Add it, then release this."],
  "queue.why.NOT_VOIDABLE": [
    "要撤销的那笔不在、没生效，或数目不符。核对那一笔；它放行后这笔再放行。",
    "What it undoes is not there, had no effect, or has other figures. Look at that entry; release this one after it.",
  ],
  "queue.why.UNDONE_TWICE": ["先前已撤销过一次。不予生效即可。", "It was undone before. Refuse this one."],
  "queue.why.APPROVAL_BYPASSED": [
    "规则要求先审批，柜台却直接入了账。请店长重新申请，再不予生效。",
    "The rule asks for approval, and the counter made the points spendable at once. Have them proposed anew, then refuse this.",
  ],
  "queue.why.BUDGET_BYPASSED": [
    "活动积分没有从活动额度里扣。先查清那台电脑，再不予生效。",
    "It gives points of a campaign without taking them from its budget. Look at that computer, then refuse this.",
  ],
  "queue.why.NOT_THE_HOLDER": ["这个决定不归那台柜台做。不予生效即可。", "This was not that counter's to decide. Refuse it."],
  "queue.why.ACCOUNT_BELOW_ZERO": [
    "用掉的积分比总部给那台柜台的多：两边的账不一样。先联系技术支持核对，再决定。",
    "It takes more points than head office had given to that counter: the two books differ. Have support compare them before you decide.",
  ],
  "queue.why.GROUP_REFUSED": [
    "同一组里的另一笔没有生效。处理那一笔，这笔会一起放行。",
    "Another entry of the same act had no effect. Decide about that one; this follows with it.",
  ],
  "queue.why.OP_ID_REUSED": [
    "编号和先前一笔相同，内容却不同。可能有人动过数据。不予生效，并检查那台电脑。",
    "It has the number of an earlier entry and says something else; somebody may have changed data. Refuse it, and look at that computer.",
  ],
  "queue.why.NOT_THEIR_BRANCH": [
    "动的是别的门店的库存。不予生效，两家店都盘点一次。",
    "It moves another branch's stock. Refuse it, and count at both branches.",
  ],
  "queue.why.MORE_THAN_PAID": [
    "加上先前退的，比这张小票付的还多，不能再扣。",
    "With what was refunded before, it is more than was paid for the purchase.",
  ],
  "queue.why.ALREADY_VOIDED": [
    "这笔消费已整笔撤销，没有积分可扣。",
    "The whole purchase is undone already; there is nothing to take back.",
  ],
  "queue.why.other": [
    "程序处理不了。请把单号告诉技术支持，再决定。",
    "The program cannot apply it. Tell support the slip number before you decide.",
  ],
  "queue.why.flagged": [
    "已经生效，柜台上写着要做什么。看一眼，写下结果。",
    "It has its effect; the counter reads what to do. Look at it, and write what came of it.",
  ],
} as const satisfies TextPairs;
