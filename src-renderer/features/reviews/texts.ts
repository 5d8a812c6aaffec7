import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const reviewTexts = {
  "reviews.title": ["待核对的修改", "Changes to check"],
  "reviews.lead": [
    "两处同时改了会员的姓名或电话。看一眼证件，或问一声会员，选一个；最先选的算数。",
    "A member's name or phone was changed at two places. Look at a document or ask the member, and choose; the first choice counts.",
  ],
  "reviews.list": ["待核对", "To check"],
  "reviews.none": ["没有要核对的修改", "Nothing to check"],
  "reviews.member": ["会员号 {number}", "Member {number}"],
  "reviews.current": ["现在的", "What stands now"],
  "reviews.proposed": ["要改成", "What it would become"],
  "reviews.by": ["{name} 于 {time} 提出", "Sent by {name}, {time}"],
  "reviews.by.elsewhere": ["另一家门店于 {time} 提出", "Sent by another branch, {time}"],
  "reviews.round": ["第 {round} 次提出", "Sent for the {round, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} time"],
  "reviews.own": ["这是你自己改的，要由另一位店长核对。", "This is your own change; another manager has to choose."],
  "reviews.reason": ["原因（保留原来的时必填）", "Reason (needed to keep what stands)"],
  "reviews.accept": ["用新的", "Take the new one"],
  "reviews.keep": ["保留原来的", "Keep what stands"],
  "reviews.done": ["选好了，交换后各店都一样", "Chosen; every branch has it after the exchange"],
  "reviews.past": ["最近核对过的", "Chosen lately"],
  "reviews.state.accepted": ["用了新的", "the new one was taken"],
  "reviews.state.kept": ["保留了原来的", "what stood was kept"],
  "reviews.state.open": ["还没有选", "not chosen yet"],
  "reviews.late": ["另有一人晚一步选了“{choice}”，没有算数。", "Somebody else chose “{choice}” a little later; it did not count."],
} as const satisfies TextPairs;
