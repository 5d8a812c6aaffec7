import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const stationTexts = {
  "stations.title": ["门店与柜台", "Branches and counters"],
  "stations.lead": [
    "每台柜台最后联系的时间、可用额度和异常；失联的柜台在这里停用，积分退还给会员。",
    "When each counter was last heard, what it may spend and what is wrong. One that is silent for good is fenced here, and its points are given back.",
  ],
  "stations.list": ["柜台", "Counters"],
  "stations.none": ["还没有柜台加入", "No counter has joined yet"],
  "stations.name": ["{branch} · {replica} 号柜台", "{branch} · counter {replica}"],
  "stations.never": ["从未联系", "Never heard"],
  "stations.heard": ["{at} 联系过（{span}前）", "Last heard {at} ({span} ago)"],
  "stations.state.enrolled": ["未启用", "Not started"],
  "stations.state.active": ["在用", "In use"],
  "stations.state.rights_differ": ["额度不符", "Rights differ"],
  "stations.state.suspended": ["已暂停", "Suspended"],
  "stations.state.superseded": ["已被替代", "Superseded"],
  "stations.state.fenced": ["已停用", "Fenced"],
  "stations.state.revoked": ["已注销", "Shut out"],
  "stations.differs": ["额度不符，对上之前不再给它新的额度", "Rights differ: it is given no more until they agree"],
  "stations.differs.heldBack": [
    "有 {count} 笔被隔离，总部还没记上，所以对不上；在“总部待处理”里处理完，下次联系就会一致。",
    "{count, plural, one {An entry of it is} other {# entries of it are}} held back and not booked here, so the two do not add up. Once the queue at head office is worked off, they do at its next contact.",
  ],
  "stations.differs.other": [
    "柜台报来的和总部记的不一样。请看这台电脑是否用旧数据恢复过。",
    "What the counter reports is not what head office has booked. Look whether that computer was restored from old data.",
  ],
  "stations.lastContact": ["最后联系", "Last contact"],
  "stations.rights": ["可用额度", "May spend"],
  "stations.rights.budget": ["活动额度 {points} 分", "{points} points of campaign budgets"],
  "stations.rights.of": [
    "{members, plural, =0 {没有} other {{members} 位会员的 {points} 分}}",
    "{members, plural, =0 {no points} one {{points} points of {members} member} other {{points} points of {members} members}}",
  ],
  "stations.clock": ["时钟", "Clock"],
  "stations.clock.right": ["准", "Right"],
  "stations.clock.unknown": ["还不知道", "Not known yet"],
  "stations.app": ["程序版本", "Version"],
  "stations.attention": ["待处理", "To be looked at"],
  "stations.attention.counts": ["隔离 {quarantined} 笔，标记 {flagged} 笔", "{quarantined} held back, {flagged} marked"],

  "stations.fence": ["停用这台柜台…", "Fence this counter…"],
  "stations.fence.why": [
    "电脑坏了、丢了，或者长期失联时才停用。它的可用额度会先暂存，谁也不能用。",
    "For a computer that is broken, lost, or silent for good. What it may spend is set aside first, and nobody may spend it.",
  ],
  "stations.fence.title": ["停用 {station}", "Fence {station}"],
  "stations.fence.silent": ["已失联 {span}", "Silent for {span}"],
  "stations.fence.worst": [
    "它持有 {members} 位会员的 {points} 分。如果它其实还在营业，最坏情况是这 {points} 分被用两次。",
    "It holds {points} points of {members, plural, one {# member} other {# members}}. If it is still trading, at worst these {points} points are paid twice.",
  ],
  "stations.worst.budget": [
    "另有活动额度 {points} 分，最坏情况会超出预算多送这么多。",
    "And {points} points of campaign budgets, which at worst are given beyond the budget.",
  ],
  "stations.fence.worth": ["约合 {pieces} 份“{plan}”", "About {pieces} times “{plan}”"],
  "stations.fence.how": [
    "停用只是暂存，还不会有损失；退还给会员之后才可能有。它若还活着，下次联系时会得知，之前的记录照样送到。",
    "Fencing only sets them aside and costs nothing yet; giving them back can. If it lives, it is told at its next contact, and everything it did still arrives.",
  ],
  "stations.fence.submit": ["停用，暂存 {points} 分", "Fence it and set aside {points} points"],
  "stations.fenced": [
    "已停用：暂存了 {points} 分，{members} 位会员",
    "Fenced: {points} points of {members, plural, one {# member} other {# members}} set aside",
  ],
  "stations.fenced.proposals": [
    "它手里的 {count} 条积分申请改由总部定夺。",
    "{count, plural, one {A proposal that it held is} other {# proposals that it held are}} head office's to decide now.",
  ],

  "stations.ended": ["停用前的额度", "What it could spend before"],
  "stations.setAside": ["暂存", "Set aside"],
  "stations.givenBack": ["已退还（损失上限）", "Given back (most it can cost)"],
  "stations.lost": ["实际损失", "What it has cost"],
  "stations.points": ["{points} 分", "{points} points"],
  "stations.giveBack": ["退还给会员…", "Give back to the members…"],
  "stations.giveBack.title": ["退还暂存的积分", "Give back what was set aside"],
  "stations.giveBack.worst": [
    "{members} 位会员拿回 {points} 分。那台柜台若还有没送到的兑换，这 {points} 分就是最大损失，由公司承担。",
    "{members, plural, one {# member gets} other {# members get}} {points} points back. If that counter made redemptions that have not arrived, {points} points are the most that the company pays.",
  ],
  "stations.giveBack.submit": ["退还 {points} 分", "Give back {points} points"],
  "stations.gaveBack": [
    "已退还 {points} 分，{members} 位会员",
    "{points} points given back to {members, plural, one {# member} other {# members}}",
  ],
  "stations.cancel": ["不做了", "Leave it"],

  "stations.code": ["加入码", "Enrolment code"],
  "stations.code.why": [
    "新电脑用它加入{branch}：一次有效，24 小时内用。",
    "With it a new computer joins {branch}: good once, within 24 hours.",
  ],
  "stations.code.make": ["生成加入码", "Make a code"],
  "stations.code.made": ["{branch}的加入码", "Code for {branch}"],
  "stations.code.until": ["{at} 之前有效，只显示这一次。", "Good until {at}, and shown only now."],
  "stations.code.lost": ["码没有送到，请再生成一个。", "The code did not arrive: make another one."],
} as const satisfies TextPairs;
