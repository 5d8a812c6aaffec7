import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const slipTexts = {
  "slip.title": ["再打一张", "Print again"],
  "slip.none": ["今天还没有可以打印的记录。", "Nothing was recorded today that could be printed."],
  "slip.print": ["打印", "Print"],
  "slip.heading": ["会员积分凭条", "Members' slip"],
  "slip.at": ["{branch} · 柜台 {station}", "{branch} · counter {station}"],
  "slip.member": ["会员", "Member"],
  "slip.card": ["卡尾号", "Card ending"],
  "slip.act": ["办理", "Done"],
  "slip.detail": ["内容", "For"],
  "slip.points": ["积分变动", "Points"],
  "slip.balance": ["积分余额", "Balance"],
  "slip.balance.asOf": ["总部数字截至 {time}，本机未交换的已计入", "Head office's figure as of {time}, with what is not exchanged yet"],
  "slip.balance.local": ["按本机记录，尚未与总部核对", "By this counter's records; not compared with head office yet"],
  "slip.time": ["时间", "Time"],
  "slip.operator": ["经办", "Served by"],
  "slip.number": ["凭条号", "Slip"],
  "slip.voided": ["这一笔已撤销", "This was undone"],
  "slip.again": ["补打", "printed again"],
} as const satisfies TextPairs;
