import type { TextPairs } from "../intl/text-pairs.ts";

export const sessionTexts = {
  "supervisor.title": ["请店长授权这一笔", "A supervisor authorises this one act"],
  "supervisor.lead": [
    "店长在这里刷员工卡，或输入自己的账号，只对这一笔有效；你不用退出登录，记录里会写上两个人。",
    "The supervisor swipes their staff card or enters their own account here. It is good for this act only; you stay signed in, and the record names you both.",
  ],
  "supervisor.for.card.block": ["停用会员卡", "Blocking a member's card"],
  "supervisor.for.points.void_others": ["撤销别人记的一笔", "Undoing what somebody else recorded"],
  "supervisor.for.hold.settle": ["对方没有答复，了结暂扣的积分", "Ending a hold that nobody has answered"],
  "supervisor.for.gift.hand_out_short": ["发放账上没有、货架上还有的礼品", "Handing out a gift that the shelf has and the books have not"],
  "supervisor.userName": ["店长用户名", "Supervisor's user name"],
  "supervisor.userName.missing": ["请填店长的用户名", "Enter the supervisor's user name"],
  "supervisor.password": ["店长密码", "Supervisor's password"],
  "supervisor.password.missing": ["请填店长的密码", "Enter the supervisor's password"],
  "supervisor.pin": ["{name} 的员工卡密码", "PIN of {name}"],
  "supervisor.pin.wrong": ["请填六到十二位数字", "Enter six to twelve digits"],
  "supervisor.pin.password": ["改用用户名和密码", "Use name and password"],
  "supervisor.pin.none": ["{name} 的员工卡还没有密码", "The staff card of {name} has no PIN yet"],
  "supervisor.pin.blocked": ["{name} 的员工卡密码一天错了五次，已停用", "The PIN of {name} was wrong five times in a day and is blocked"],
  "supervisor.pin.none.remedy": ["这次请用用户名和密码授权。", "Authorise by name and password this time."],
  "supervisor.submit": ["授权并继续", "Authorise and go on"],
} as const satisfies TextPairs;
