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
  "signIn.unlocksIn": ["还有 {time} 解锁", "Unlocks in {time}"],
  "signIn.sample": ["样例账号", "Sample accounts"],
  "signIn.sample.fill": ["按数字键或点一下填入", "Press the digit or click to fill in"],
  "signIn.role.clerk": ["店员", "Clerk"],
  "signIn.role.manager": ["店长", "Manager"],
  "signIn.role.administrator": ["管理员", "Administrator"],
} as const satisfies TextPairs;
