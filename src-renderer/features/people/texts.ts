import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const peopleTexts = {
  "people.title": ["重复的会员", "Members who joined twice"],
  "people.lead": [
    "同一个人办了两次会员，在这里合并成一位；合错了也能分开。先看清两边的积分和卡，再决定。",
    "One person who joined twice becomes one member here, and two again if that was wrong. Look at the points and cards of both first.",
  ],
  "people.list": ["可能是同一人，和已合并的", "Who may be one person, and who was merged"],
  "people.none": ["最近加入的会员里没有重复的手机号。", "Of those who joined last, nobody shares a phone."],
  "people.pair": ["{one} 和 {other}", "{one} and {other}"],
  "people.merged": ["已合并", "Merged"],
  "people.because.phone": ["手机号相同", "same phone"],
  "people.because.name": ["姓名相同", "same name"],
  "people.because.birthday": ["生日相同", "same birthday"],
  "people.because.nothing": ["手机、姓名、生日都不同", "neither phone, name nor birthday is the same"],

  "people.compare": ["比较两个会员号", "Compare two member numbers"],
  "people.compare.one": ["会员号", "Member number"],
  "people.compare.other": ["另一个会员号", "The other member number"],
  "people.compare.submit": ["比较", "Compare"],

  "people.number": ["会员号", "Number"],
  "people.name": ["姓名", "Name"],
  "people.phones": ["手机", "Phones"],
  "people.birthday": ["生日", "Birthday"],
  "people.address": ["地址", "Address"],
  "people.home": ["所属门店", "At home at"],
  "people.joined": ["加入时间", "Joined"],
  "people.card": ["主卡", "Main card"],
  "people.card.ends": ["{kind} · 尾号 {last4}", "{kind} · ends {last4}"],
  "people.card.none": ["没有在用的卡", "No card that works"],
  "people.balance": ["积分", "Points"],
  "people.debt": ["其中欠 {points} 分", "after {points} owed"],
  "people.unknown": ["—", "—"],

  "people.stays": ["保留哪一位的会员号和资料", "Whose number and details stay"],
  "people.keeps": ["保留哪张主卡", "Which main card stays"],
  "people.keeps.why": ["另一张卡立即停用，不能恢复。", "The other one stops working at once and for good."],
  "people.merge.how": [
    "合并后，报旧号、刷旧卡都会找到这一位。还没联网的门店照常服务，联上后自动归到一起。",
    "Whoever gives the old number is found under this one. A branch that is cut off serves on and falls into line when it is heard.",
  ],
  "people.merge.submit": ["合并成一位，共 {points} 分", "Make one member, with {points} points"],
  "people.merge.done": ["已合并到会员号 {number}，共 {points} 分", "Merged into number {number}, with {points} points"],
  "people.merge.cardEnded": ["尾号 {last4} 的卡已停用，请收回。", "The card that ends {last4} works no more: take it back."],

  "people.split.title": ["{name}：会员号 {merged} 已并入 {number}", "{name}: number {merged} was merged into {number}"],
  "people.split.when": ["{at} 由 {by} 合并", "Merged {at} by {by}"],
  "people.split.show": ["看分开后各有多少…", "See what each would have…"],
  "people.split.how": [
    "各自拿回自己名下的积分；合并期间花掉的，算在原来那一批上。停用的卡不会恢复，请补卡。",
    "Each gets back what is under their own number; what was spent meanwhile stays spent. A card that was blocked stays so: hand out another one.",
  ],
  "people.split.unclear": [
    "{count} 笔是用合并期间新办的卡得的，分不清是谁的，先留在第一位名下，请逐笔核对：",
    "{count, plural, one {# award was} other {# awards were}} earned by a card handed out meanwhile. They stay with the first: look at each.",
  ],
  "people.split.award": ["小票 {receipt} · {points} 分 · {date}", "Receipt {receipt} · {points} points · {date}"],
  "people.split.submit": ["分开成两位", "Make two members again"],
  "people.split.done": [
    "已分开：{one} 有 {onePoints} 分，{other} 有 {otherPoints} 分",
    "Two again: {one} has {onePoints} points, {other} has {otherPoints}",
  ],
} as const satisfies TextPairs;
