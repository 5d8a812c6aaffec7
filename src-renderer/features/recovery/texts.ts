import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const recoveryTexts = {
  "recovery.title": ["总部恢复", "Head office put back"],
  "recovery.lead": [
    "总部数据库从备份恢复后，各柜台把备份之后的业务补传上来。等所有柜台都说完，总部才再下发积分额度，免得同一笔积分用两次。",
    "After head office's database was put back from a copy, every counter sends again what came after it. Until all have, no rights are granted, so that nothing is spent twice.",
  ],
  "recovery.whole": ["总部数据完整，积分额度正常下发", "Head office is whole; rights are granted as usual"],
  "recovery.since": ["总部从 {at} 起正在恢复，暂停下发积分额度", "Head office has been recovering since {at}; no rights are granted"],
  "recovery.since.why": [
    "柜台联网交换一次后，原有的额度照常可用；积分、开卡不受影响。",
    "A counter that was heard goes on with what it could spend before; awards and cards are not affected.",
  ],
  "recovery.awaited": ["还在等 {count} 个柜台", "Waiting for {count, plural, one {# counter} other {# counters}}"],
  "recovery.awaited.station": ["{branch} {replica} 号机，上次联系 {at}", "{branch}, counter {replica}, last heard {at}"],
  "recovery.awaited.never": ["从未联系", "never"],
  "recovery.goOn": ["不再等这 {count} 个柜台，恢复下发", "Go on without {count, plural, one {this counter} other {these # counters}}"],
  "recovery.goOn.why": [
    "没等到的柜台若用过丢失的额度，同一笔积分可能用了两次，差额由公司承担。能联系上的，先让它联网。",
    "If one of them has spent points that head office forgot it had granted, the same points may be spent twice, and the company pays. Let it exchange first if you can.",
  ],
  "recovery.wentOn": ["积分额度已恢复下发", "Rights are granted again"],
  "recovery.missing": ["要重做的", "To be repeated"],
  "recovery.missing.why": [
    "这些是备份之后在总部做的，柜台上还看得到，总部已经没有了。请重做一遍，或确认不需要，再划掉。",
    "This was done at head office after the copy: counters still have it, head office has not. Do it once more, or make sure that nobody needs it, and tick it off.",
  ],
  "recovery.missing.none": ["没有要重做的", "There is nothing to repeat"],
  "recovery.missing.toldBy": ["{branch} 的柜台在 {at} 报告", "told by {branch}, {at}"],
  "recovery.close": ["已重做或不需要", "Repeated, or not needed"],
  "recovery.closed": ["已划掉：{what}", "Ticked off: {what}"],
  "recovery.kind.branch": ["门店", "Branch"],
  "recovery.kind.staff": ["员工账号", "Account"],
  "recovery.kind.rule": ["积分规则", "Earning rule"],
  "recovery.kind.plan": ["兑换方案", "Redemption plan"],
  "recovery.kind.gift": ["礼品", "Gift"],
  "recovery.kind.cardKind": ["卡种", "Kind of card"],
  "recovery.kind.cardRange": ["发放的卡号段", "Blank cards given out"],
  "recovery.kind.dictionaryEntry": ["选项", "Choice"],
  "recovery.kind.alias": ["会员合并或拆分", "Members made one, or two again"],
  "recovery.kind.proposal": ["积分审批", "Decision about points"],
} as const satisfies TextPairs;
