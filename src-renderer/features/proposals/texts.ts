import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const proposalTexts = {
  "proposals.title": ["待批的积分", "Points waiting for approval"],
  "proposals.lead": [
    "每条申请只有一个定夺者：本柜台的随时可批，总部的要有线路。",
    "Each has one holder: decide this counter's at any time, and head office's while the line is up.",
  ],
  "proposals.holder.here": ["由本柜台定夺，离线也可以", "This counter decides, also without a line"],
  "proposals.holder.station": ["由提出申请的柜台定夺", "The counter that made it decides"],
  "proposals.holder.headOffice": ["由总部定夺", "Head office decides"],
  "proposals.handOver": ["转交总部", "Pass to head office"],
  "proposals.handedOver": ["{name} 的 {points} 分已转交总部定夺", "{points} points for {name} passed to head office"],
  "proposals.list": ["待批申请", "Open proposals"],
  "proposals.count": ["{count} 条", "{count}"],
  "proposals.none": ["没有待批的申请", "Nothing waits for approval"],
  "proposals.needsLine": [
    "线路不通：总部定夺的要等线路恢复，写的内容会保留。",
    "The line is down: what head office holds has to wait. What you write is kept.",
  ],
  "proposals.by": ["{name} 于 {time} 提出 · {branch}", "Proposed by {name}, {time} · {branch}"],
  "proposals.at": ["{time} 提出 · {branch}", "Proposed {time} · {branch}"],
  "proposals.cause": ["小票 {receipt} · {amount}", "Receipt {receipt} · {amount}"],
  "proposals.difference": ["规则或等级已变，这是差额", "the rule or the tier has changed, this is the difference"],
  "proposals.points": ["{points} 分", "{points} points"],
  "proposals.reason": ["原因（驳回时必填）", "Reason (needed to reject)"],
  "proposals.approve": ["批准", "Approve"],
  "proposals.reject": ["驳回", "Reject"],
  "proposals.approved": ["已批准 {name} 的 {points} 分", "Approved {points} points for {name}"],
  "proposals.rejected": ["已驳回 {name} 的 {points} 分", "Rejected {points} points for {name}"],
} as const satisfies TextPairs;
