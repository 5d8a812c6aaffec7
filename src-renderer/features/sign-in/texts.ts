import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const signInTexts = {
  "signIn.title": ["登录柜台", "Sign in"],
  "signIn.lead": ["没有网络也可以登录。", "Works without the network."],
  "signIn.locked.title": ["已锁屏", "Locked"],
  "signIn.locked.lead": [
    "{name} 没办完的都留着，本人登录后接着办；同事也可以先登录。",
    "What {name} left is kept for them alone. A colleague may sign in meanwhile.",
  ],
  "signIn.userName": ["用户名", "User name"],
  "signIn.userName.missing": ["请填用户名", "Enter your user name"],
  "signIn.password": ["密码", "Password"],
  "signIn.password.missing": ["请填密码", "Enter your password"],
  "signIn.submit": ["登录", "Sign in"],
  "signIn.pin.title": ["{name}，请输入员工卡密码", "{name}, your PIN"],
  "signIn.pin": ["员工卡密码", "PIN"],
  "signIn.pin.wrong": ["请填六到十二位数字", "Enter six to twelve digits"],
  "signIn.pin.password": ["改用用户名和密码", "Use name and password"],
  "signIn.pin.none": ["{name} 的员工卡还没有密码", "The staff card of {name} has no PIN yet"],
  "signIn.pin.none.remedy": [
    "请先用登录密码登录，再按 Ctrl K 打开“我的员工卡密码”设一个。",
    "Sign in by password first; then press Ctrl K and choose one under PIN of my staff card.",
  ],
  "signIn.pin.blocked": [
    "{name} 的员工卡密码一天错了五次，所有柜台都不再收",
    "Five wrong PINs for {name} in a day: no counter takes it any more",
  ],
  "signIn.pin.blocked.remedy": [
    "请用登录密码登录，再按 Ctrl K 打开“我的员工卡密码”重新设一个（要联网），或请管理员解锁。",
    "Sign in by password; then press Ctrl K and choose another one under PIN of my staff card (online), or ask an administrator to unlock you.",
  ],
  "signIn.unlocksIn": ["还有 {time} 解锁", "Unlocks in {time}"],
  "signIn.sample": ["样例账号", "Sample accounts"],
  "signIn.sample.fill": ["按数字键或点一下填入", "Press the digit or click to fill in"],
  "signIn.role.clerk": ["店员", "Clerk"],
  "signIn.role.manager": ["店长", "Manager"],
  "signIn.role.administrator": ["管理员", "Administrator"],
} as const satisfies TextPairs;
