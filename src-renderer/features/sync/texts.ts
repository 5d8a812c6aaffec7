import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const syncTexts = {
  "sync.title": ["与总部交换", "Exchange with head office"],
  "sync.lead": [
    "离线时照常营业；线路恢复后自动交换。",
    "The counter works on while offline, and exchanges by itself when the line is back.",
  ],
  "sync.exchangeNow": ["现在交换", "Exchange now"],
  "sync.address": ["总部地址 {address}", "Head office at {address}"],

  "sync.never.title": ["还没有和总部交换过", "Not exchanged with head office yet"],
  "sync.never.body": [
    "线路接通后会自动开始。在这之前照常记账，记下的都在本机。",
    "It begins by itself when there is a line. Until then the counter records as usual, and everything is kept here.",
  ],
  "sync.offline.title": ["离线营业中，一切正常", "Working offline; all is well"],
  "sync.offline.body": [
    "{count, plural, =0 {没有待交换的记录。} other {# 笔记录保存在本机，线路恢复后自动送出。}}",
    "{count, plural, =0 {Nothing waits.} one {One entry is kept here and goes out by itself when the line is back.} other {# entries are kept here and go out by themselves when the line is back.}}",
  ],
  "sync.catchingUp.title": ["正在送出 {count} 笔记录", "{count, plural, one {One entry is} other {# entries are}} going out"],
  "sync.catchingUp.reading": ["正在接收总部的资料", "Head office's news is coming in"],
  "sync.catchingUp.rows": [
    "总部的资料最多还有 {count} 条待接收。",
    "Of head office's rows {count, plural, one {at most one is} other {at most # are}} still to come.",
  ],
  "sync.catchingUp.body": ["不用等，可以继续营业。", "No need to wait; go on serving."],
  "sync.even.title": ["本机的记录总部都收到了", "Head office has everything that was recorded here"],

  "sync.refused.goesOn": ["在这之前柜台照常营业。", "Until then the counter goes on."],
  "sync.refused.FORK": [
    "总部在同一序号下有别的记录，新的身份也没有被接受。请管理员联系技术支持。",
    "Head office has other entries under this counter's numbers and does not take its new life either. The administrator calls support.",
  ],
  "sync.refused.ROLLED_BACK": [
    "总部有本机还原时丢失的记录，新的身份也没有被接受。请管理员联系技术支持。",
    "Head office has entries that were lost here and does not take the counter's new life either. The administrator calls support.",
  ],
  "sync.refused.FENCED": [
    "总部停用了本机，新的身份也没有被接受。请管理员重新加入总部。",
    "Head office has fenced this counter and does not take its new life either. The administrator enrols it anew.",
  ],
  "sync.refused.SUPERSEDED": [
    "这台柜台的数据已在另一台电脑上继续。本机做的记录总部照收，积分额度已交还，本机不再兑换。请管理员在空文件夹里用新的加入码重新加入总部。",
    "Another computer goes on with this counter's data. Head office takes what is recorded here; what could be redeemed here was handed back. The administrator enrols this one anew, in an empty folder and with a code of its own.",
  ],
  "sync.refused.SUSPENDED": [
    "总部要有人先看过本机的记录。请管理员联系技术支持。",
    "Somebody has to look at this counter's entries first. The administrator calls support.",
  ],
  "sync.refused.UPGRADE": [
    "本机记下的总部照收，总部的资料要升级后才能接收。请管理员升级柜台程序。",
    "Head office takes what is recorded here; its own news comes after an update. The administrator updates the counter program.",
  ],
  "sync.refused.UNKNOWN_REPLICA": [
    "总部停用了本机，或不认识它。请管理员重新加入总部。",
    "Head office has shut this counter out or does not know it. The administrator enrols it anew.",
  ],

  "sync.waiting": ["待交换", "Waiting"],
  "sync.oldest": ["最早一笔在 {span}前", "the oldest for {span}"],
  "sync.exchanged": ["总部已收到", "Received by head office"],
  "sync.flagged": ["总部标记", "Marked by head office"],
  "sync.quarantined": ["总部隔离", "Held back by head office"],
  "sync.parked.count": ["另有 {count} 笔在等别处", "{count, plural, one {# more waits} other {# more wait}} for another place"],
  "sync.putBack": ["还原后找回", "Came back after a restore"],
  "sync.putBack.apart": [
    "旧数据上另做了 {count} 笔，已单独送交总部",
    "{count} more were made on the older copy, and go to head office by themselves",
  ],
  "sync.putBack.title": ["本机的数据还原成了较早的一份", "An older copy of this counter's data was put back"],
  "sync.putBack.body": [
    "连上总部后，丢失的记录会自动找回，还原后做的也都算数，每笔只算一次。核对完之前，先前的积分不能在本机兑换。",
    "Once head office is reached, what was lost comes back by itself, and what was done since counts too; each stands once. Until then, points of before are not redeemed here.",
  ],
  "sync.mended": ["已自动修复的资料", "Rows mended"],
  "sync.mended.last": ["曾与总部不一致，最近一次在 {instant}", "differed from head office's, last at {instant}"],
  "sync.rights": ["本机可用积分", "Points usable here"],
  "sync.rights.members": ["{count} 位会员的", "of {count} members"],
  "sync.clock": ["本机时钟", "Clock of this computer"],
  "sync.clock.right": ["与总部一致", "Same as head office"],
  "sync.clock.trusted": ["可信", "trusted"],
  "sync.clock.doubt": ["不可信：请校准电脑时间，再交换一次", "in doubt: set the computer's time and exchange once"],

  "sync.list.quarantined": ["总部隔离的 {count} 笔", "{count, plural, one {One entry} other {# entries}} held back"],
  "sync.list.quarantined.about": [
    "总部收到了，但没有生效；店长或总部会处理，结果写在这里。下面是原因和要做的事。",
    "Head office has them, and they have no effect until a manager or head office decides; what comes of it stands here. Each says why, and what to do.",
  ],
  "sync.list.flagged": ["总部标记的 {count} 笔", "{count, plural, one {One entry} other {# entries}} marked"],
  "sync.list.flagged.about": ["已经生效，请有空看一看。", "They had their effect; somebody should look at them."],
  "sync.list.parked": ["在等别处的 {count} 笔", "{count, plural, one {One entry waits} other {# entries wait}} for another place"],
  "sync.list.parked.about": [
    "总部收到了，要等另一笔到了才能生效。不用处理，到了自动生效。",
    "Head office has them and waits for something else. Nothing to do: they take effect by themselves when it comes.",
  ],
  "sync.list.refused": ["总部不予生效的 {count} 笔", "{count, plural, one {One entry} other {# entries}} refused"],
  "sync.list.refused.about": [
    "有人看过，决定不生效，原因写在下面。该补的，重新办一次。",
    "Somebody has looked and decided that they have no effect; the reason stands below. Do again what has to be done.",
  ],
  "sync.decision": ["{by} {at}：{reason}", "{by}, {at}: {reason}"],
  "sync.list.waiting": ["待交换的 {count} 笔", "{count, plural, one {One entry} other {# entries}} waiting"],
  "sync.list.waiting.about": ["按时间先后，最早的在前。", "The oldest first."],
  "sync.list.cut": ["只列出最早的 200 笔。", "Only the oldest 200 are listed."],
  "sync.edits": ["没有照你填的改：{count} 处", "{count, plural, one {One change} other {# changes}} not taken as made"],
  "sync.edits.about": [
    "别处也改过同一项，总部留下了别的内容。看一看，觉得不对就再送一次。",
    "Somebody changed the same field elsewhere, and head office kept theirs. Look at both, and send yours again if it is right.",
  ],
  "sync.edits.kept": ["留下的：{details}", "Kept: {details}"],
  "sync.edits.yours": ["你填的：{details}", "Yours: {details}"],
  "sync.edits.nothing": ["（空）", "(nothing)"],
  "sync.edits.inReview": ["店长正在核对，等结果就行。", "A manager is choosing; nothing to do but wait."],
  "sync.edits.reviewKept": [
    "店长核对后保留了原来的：{reason}。再送一次会再核对一遍。",
    "A manager kept what was there: {reason}. Sending it again asks once more.",
  ],
  "sync.edits.overtaken": ["后来又有人改过，以后改的为准。", "Somebody changed it later, and that stays."],
  "sync.edits.send": ["再送一次", "Send again"],
  "sync.kept": ["等卡认出的消费：{count} 笔", "Purchases that wait for their card: {count}"],
  "sync.kept.about": [
    "刷卡时这里查不到的卡。总部一认出卡，积分自动到账。",
    "Their cards were not known here when they were swiped. The points follow by themselves when head office knows the card.",
  ],
  "sync.kept.of": ["尾号 {last4}，小票 {receipt}，{amount}", "Card ending {last4}, receipt {receipt}, {amount}"],
  "sync.kept.at": ["{counter} 号柜台 · {operator}", "counter {counter} · {operator}"],
  "sync.kept.open": ["等卡认出，不用处理", "Waits for its card; nothing to do"],
  "sync.kept.attention": [
    "等了 30 天还没人认领这张卡。请联系顾客问一问，或查一查卡是哪家店发的；问到了告诉店长，在“总部待处理”里记给会员或放下。",
    "Nobody has had this card for 30 days. Ask the customer, or find out which branch gave it out; a manager then gives it to the member, or puts it away, in Queue at head office.",
  ],
  "sync.kept.awarded": ["知道是谁的了，积分已到账", "It is known whose it is; the points are there"],
  "sync.kept.proposed": ["知道是谁的了，积分等总部审批", "It is known whose it is; the points wait for a decision of head office"],
  "sync.kept.putAway": ["核对过，没有积分：{reason}", "Looked into, and there are no points: {reason}"],
  "sync.kept.closed": [
    "知道是谁的了，但没有积分：小票别处已记过、不够一分，或活动额度已用完",
    "It is known whose it is, and there are no points: the receipt was entered elsewhere, the amount is too small, or the campaign is used up",
  ],
  "sync.age": ["{span}前", "{span} ago"],
  "sync.stranger": ["不在员工名单上的人", "Somebody who is not on the staff list"],
  "sync.member": ["会员", "the member"],

  "sync.type.member.create": ["新会员", "New member"],
  "sync.type.member.patch": ["修改资料", "Details changed"],
  "sync.type.review.decide": ["核对修改", "Change checked"],
  "sync.type.card.issue": ["发卡", "Card issued"],
  "sync.type.card.block": ["挂失", "Card blocked"],
  "sync.type.card.undo_issue": ["撤回发卡", "Card taken back"],
  "sync.type.stock.move": ["库存变动", "Stock moved"],
  "sync.type.stock.count": ["盘点", "Stock counted"],
  "sync.type.points.award": ["积分", "Award"],
  "sync.type.points.redeem": ["兑换", "Redemption"],
  "sync.type.points.void_award": ["撤销积分", "Award undone"],
  "sync.type.points.void_redeem": ["撤销兑换", "Redemption undone"],
  "sync.type.points.hold": ["暂扣积分", "Points held"],
  "sync.type.points.confirm": ["兑换完成", "Hold confirmed"],
  "sync.type.points.cancel": ["取消暂扣", "Hold cancelled"],
  "sync.type.staff.pin_wrong": ["员工卡密码输错", "A wrong PIN"],
  "sync.type.rights.release": ["交回额度", "Rights handed back"],
  "sync.type.shift.close": ["交班", "Shift closed"],
  "sync.type.purchase.keep": ["记下的消费", "Purchase kept"],
  "sync.type.void.request": ["请别处撤销", "Another counter asked to undo"],
  "sync.type.refund.request": ["退货申请", "Refund asked for"],
  "sync.type.request.decline": ["婉拒撤销申请", "Request declined"],
  "sync.type.proposal.decide_here": ["审批积分", "Proposal decided"],
  "sync.type.proposal.hand_over": ["转交总部审批", "Proposal handed over"],
  "sync.type.other": ["其他记录（{type}）", "Another entry ({type})"],

  "sync.code.STAFF_INACTIVE": [
    "这位员工的账号当时已停用。请核实是谁在柜台。",
    "The account had been switched off. Ask who was at the counter.",
  ],
  "sync.code.ROLE_CHANGED": [
    "这位员工的角色当时已改，本机还不知道。这一笔有效，看看要不要请店长补个确认。",
    "The person's role had been changed, and this counter had not heard. The entry counts; see whether a manager should confirm it.",
  ],
  "sync.code.AFTER_FENCE": [
    "总部停用本机之后才收到，积分已先退还给会员。差额由公司承担，不用处理。",
    "It came after head office had fenced this counter and given the points back. The company pays the difference; nothing to do.",
  ],
  "sync.code.AFTER_PUT_BACK": [
    "本机或总部的数据还原过，这笔用的积分已不在本机名下。总部、会员的其他积分或公司会补上，请核对前后的兑换。",
    "The data of this counter or of head office had been put back, and its points were no longer here. Head office, the member's other points or the company make up for it; look at what was redeemed before.",
  ],
  "sync.code.GIVEN_BACK_BEFORE": [
    "总部已先退还这些积分，没有生效。不用处理。",
    "Head office had given these points back before; no effect. Nothing to do.",
  ],
  "sync.code.UNDONE_BEFORE": ["总部已代为撤销，没有生效。不用处理。", "Head office had undone it before; no effect. Nothing to do."],
  "sync.code.DECIDED_ELSEWHERE": [
    "停用本机时总部接手了这条申请，这次审批没有生效。请看总部的决定。",
    "Head office took this proposal over when it fenced this counter; the decision had no effect. See what head office decided.",
  ],
  "sync.code.MEMBER_MERGED": [
    "这位会员已经并入另一个会员号，改的资料留在旧号下；请到现在的会员上再改一次。",
    "This member was merged into another number, and the change stands under the old one: change the details of the member as it is now.",
  ],
  "sync.code.AFTER_SPLIT": [
    "总部已经把两位会员分开，这笔兑换用到了另一位的积分；东西已给客人，请店长联系总部核对。",
    "Head office had made two members of one, and this redemption took points of the other. The goods are gone: a manager settles it with head office.",
  ],
  "sync.code.AFTER_BLOCK": [
    "卡在别处挂失之后还动过积分。请核对这笔，联系会员。",
    "Points moved after the card had been blocked elsewhere. Look at the movement and call the member.",
  ],
  "sync.code.AFTER_EXPIRY": [
    "花掉的积分已过最后一天：那台电脑的时钟慢了。兑换有效。请校准时钟，看看这笔。",
    "The points spent were past their last day: the clock of that computer was behind. The redemption stands. Set the clock and look at the entry.",
  ],
  "sync.code.POINTS_DIFFER": [
    "分数和规则算出的不同。请补上或扣回差额。",
    "The points are not what the rule gives. Correct the difference.",
  ],
  "sync.code.RULE_UNKNOWN": [
    "总部没有发布过这一版规则。请告诉管理员。",
    "Head office never published this version of the rule. Tell the administrator.",
  ],
  "sync.code.RULE_GIVES_LESS": [
    "当天已有给分更少的新规则，本机还没收到。可以不处理，也可以改正差额。",
    "A newer rule gives less, and had not arrived here. Nothing need be done, or correct the difference.",
  ],
  "sync.code.TIER_GIVES_LESS": [
    "会员的等级已变，给分更少，本机还没收到。可以不处理，也可以改正差额。",
    "The member's tier gives less by now, and that had not arrived here. Nothing need be done, or correct the difference.",
  ],
  "sync.code.CAP_EXCEEDED": [
    "别的柜台同一天也给了这位会员积分，加起来超过每日上限。给了的不收回；要改正就撤销这一笔。",
    "Another counter had given this member points that day, and together it is more than the day's cap. What was given stays; undo it to correct it.",
  ],
  "sync.code.RECEIPT_ELSEWHERE": [
    "同一张小票在另一台柜台也记过。撤销其中一笔，或保留。",
    "Another counter entered the same receipt. Undo one of the two, or let it stand.",
  ],
  "sync.code.REFUNDED_TWICE": [
    "另一家店退过同一张小票，看着是同一批货，这次没有再扣积分。请把两张退货单和经手人对一对，由店长或总部决定。",
    "Another branch refunded the same receipt, and it looks like the same goods: no points were taken a second time. Compare both slips and who was there; a manager or head office decides.",
  ],
  "sync.code.DATE_DIFFERS": [
    "记账日期和时钟不符。请校准这台电脑的时间。",
    "The day does not fit the clock. Set the time of this computer.",
  ],
  "sync.code.CLOCK_DOUBT": [
    "记账时本机时钟不可信。请校准时间，核对日期。",
    "The clock was in doubt then. Set it, and check dates that matter.",
  ],
  "sync.code.LEFT_WORKING_SET": [
    "修改已生效。这位会员两年没来过本店，资料不再留在本机；再来时刷卡就有。不用处理。",
    "The change counts. The member has not been here for two years, so the file has left this counter; a swipe brings it back. Nothing to do.",
  ],
  "sync.code.CARD_NOT_THEIRS": [
    "卡已由另一台柜台先发给了别人，这次挂失没有生效。不用处理。",
    "Another counter had given the card to somebody else first; the block had no effect. Nothing to do.",
  ],
  "sync.code.SECOND_MAIN_CARD": [
    "另一家店更早给这位会员换了主卡，那张有效，这边发的已作废。请打电话给会员：换用另一张，把这张交回；积分不受影响。",
    "Another branch had given this member a main card earlier: that one counts, and the one handed out here is void. Call the member: use the other card and hand this one in. No points are lost.",
  ],
  "sync.code.CARD_OF_OTHER_BRANCH": [
    "总部把这张空白卡分给了别的门店，本机当时不知道。不用处理，或请总部重新分配。",
    "Head office had given this blank card to another branch, and this counter had not heard. Nothing to do, or have it assigned anew.",
  ],
  "sync.code.NOT_THEIR_BRANCH": [
    "动的是别的门店的库存。两家店都盘点一次。",
    "It took from another branch's stock. Count at both branches.",
  ],
  "sync.code.SECOND_PERSON_DOUBT": [
    "同意多发礼品的人没有这个权限，或是同一个人。问清楚，再盘点货架。",
    "Whoever agreed to hand out more than the books had may not, or was the same person. Ask both, and count the shelf.",
  ],
  "sync.code.NEEDS_REVIEW": [
    "别处同时改了姓名或电话，先保留原来的。请店长在“待核对的修改”里选一个。",
    "A name or phone was changed elsewhere too; what was there stays for now. A manager chooses, under changes to check.",
  ],
  "sync.code.EDIT_OVERTAKEN": [
    "同一项后来又有人改过，以后改的为准。不对就再改一次。",
    "Somebody changed the same field later, and that stays. Change it once more if it is wrong.",
  ],
  "sync.code.DECIDED_BEFORE": [
    "另一位店长先核对过了，这次不算数。看看他写的原因。",
    "Another manager had chosen first; this one does not count. Read their reason.",
  ],
  "sync.code.PERSON_ERASED": [
    "这位会员的个人信息已按要求删除，这次修改没有保留。不用处理。",
    "The person was forgotten as they had asked, and this change went with it. Nothing to do.",
  ],
  "sync.code.CARD_TAKEN": [
    "这张卡先发给了别人。请给这位会员换一张。",
    "The card was given to somebody else first. Give this member another one.",
  ],
  "sync.code.MEMBER_NUMBER_TAKEN": ["会员号已被占用。请重新登记这位会员。", "The member number is in use. Enter the member once more."],
  "sync.code.MEMBER_UNKNOWN": [
    "登记这位会员的柜台还没和总部交换过。等它连上就生效，不用处理。",
    "The counter that entered the member has not been heard yet. It takes effect when that one is back; nothing to do.",
  ],
  "sync.code.BOOKS_RECOVERING": [
    "总部刚从备份恢复，其他柜台还没都联系上。等它们联网就生效，不用处理。",
    "Head office was put back from a copy, and other counters have not been heard yet. It takes effect when they are; nothing to do.",
  ],
  "sync.code.LOT_UNKNOWN": [
    "给出这些积分的柜台还没和总部交换过。等它连上就生效，不用处理。",
    "The counter that gave these points has not been heard yet. It takes effect when that one is back; nothing to do.",
  ],
  "sync.code.NEVER_PERMITTED": [
    "记这笔的人没有这个权限，本机程序不会允许。请告诉店长，查清是谁在用这台电脑。",
    "Whoever entered it may not do this, and the program would not have let them. Tell the manager; find out who used this computer.",
  ],
  "sync.code.MEMBER_EXISTS": ["总部已有这位会员，不用再登记。", "Head office has this member already; nothing need be entered again."],
  "sync.code.NOT_VOIDABLE": [
    "要撤销的那笔不在、没生效，或数目不符。请店长核对那一笔。",
    "What it undoes is not there, had no effect, or has other figures. A manager looks at that entry.",
  ],
  "sync.code.APPROVAL_BYPASSED": [
    "这条规则要先审批，积分不能直接入账。请店长重新申请。",
    "The rule asks for approval first. A manager proposes the points again.",
  ],
  "sync.code.ACCOUNT_BELOW_ZERO": [
    "用掉的积分比总部账上给本机的多。请告诉店长，两边的账要对一次。",
    "It took more points than head office had given to this counter. Tell the manager: the two books differ.",
  ],
  "sync.code.BUDGET_BYPASSED": [
    "活动积分没有从活动额度里扣。请联系技术支持查看本机。",
    "Points of a campaign were not taken from its budget. Call support to look at this computer.",
  ],
  "sync.code.NOT_THE_HOLDER": [
    "这个决定不归本机做。请看总部或另一台柜台的决定。",
    "This decision was not this counter's. See what head office or the other counter decided.",
  ],
  "sync.code.WAITS_BEHIND": [
    "同一位会员或卡的前一笔还没生效，处理好那一笔，这笔自动生效。",
    "An earlier entry about the same member or card has no effect yet. Once that is solved, this one follows by itself.",
  ],
  "sync.code.GROUP_REFUSED": ["同一组里的另一笔没有生效，先处理那一笔。", "Another entry of its group had no effect. Solve that one."],
  "sync.code.UNDONE_TWICE": ["这笔先前已撤销过，以先前的为准。不用处理。", "It had been undone before; that one stands. Nothing to do."],
  "sync.code.UNKNOWN_TYPE": [
    "总部的程序较旧，升级后自动生效。请告诉管理员。",
    "Head office is older than this counter. It takes effect once the administrator has updated head office.",
  ],
  "sync.code.other": ["请把这一笔告诉管理员，由技术支持处理。", "Tell the administrator about this entry; support looks at it."],
} as const satisfies TextPairs;
