import type { TextPairs } from "../../app/intl/text-pairs.ts";

export const updateTexts = {
  "updates.title": ["软件更新", "Updates"],
  "updates.lead": [
    "新版本由总部分批发放，签名核对无误才会采用；柜台开着的时候不会安装。",
    "Head office hands out new versions branch by branch. Only signed ones are taken, and none is installed while the counter is open.",
  ],
  "updates.running": ["当前版本 {version}", "This is version {version}"],
  "updates.checked": ["上次查询：{time}", "Last looked {time}"],
  "updates.neverChecked": ["本次开机后还没有查询过", "Not looked yet since the counter was opened"],
  "updates.idle.title": ["没有可用的新版本", "There is nothing newer for this branch"],
  "updates.checking.title": ["正在向总部查询…", "Asking head office…"],
  "updates.downloading.title": ["正在下载 {version}：{percent}%", "Fetching {version}: {percent}%"],
  "updates.downloading.body": ["不影响柜台营业。", "The counter goes on as usual."],
  "updates.ready.title": ["{version} 已准备好", "{version} is ready"],
  "updates.ready.body": [
    "下次关闭柜台时自动安装。也可以现在重启安装，大约一分钟，请在没有顾客时进行。",
    "It is installed when the counter is next closed. You can also restart now, which takes about a minute: choose a moment without a customer.",
  ],
  "updates.installing.title": ["正在关闭柜台并安装 {version}…", "Closing the counter to install {version}…"],
  "updates.notes": ["新版本的变化", "What is new"],
  "updates.check": ["立即查询", "Look now"],
  "updates.install": ["重启并安装", "Restart and install"],
  "updates.mark": ["新版本已就绪", "Update ready"],
  "updates.mark.about": ["{version} 会在关闭柜台时安装", "{version} is installed when the counter is closed"],
  "updates.off.title": ["这个柜台不会自己更新", "This counter does not update itself"],
  "updates.off.WEB_SHELL": [
    "它在浏览器里运行。请在运行它的电脑上更新程序。",
    "It runs in a browser. Update the program on the computer that serves it.",
  ],
  "updates.off.FROM_SOURCES": ["它直接从源代码运行，没有安装包。", "It runs from its sources and was not installed from a package."],
  "updates.off.SYSTEM_PACKAGE": [
    "它是作为系统软件包安装的，请由管理员安装新的软件包。",
    "It was installed as a package of the system: the administrator installs the new package.",
  ],
  "updates.off.NO_RELEASE_KEY": [
    "这个版本没有内置发布密钥，无法核对更新的来源。",
    "This version was packed without a release key, so it could not tell where an update comes from.",
  ],
  "updates.trouble.FEED_UNREACHABLE": ["总部没有应答，稍后会自动再试。", "Head office did not answer. The counter tries again by itself."],
  "updates.trouble.MANIFEST_UNSIGNED": [
    "总部提供的版本没有签名，没有采用。请告诉管理员。",
    "Head office offers a version that nobody has signed. It was not taken; tell the administrator.",
  ],
  "updates.trouble.MANIFEST_FORGED": [
    "签名不是我们的发布密钥，没有采用。请立即告诉管理员。",
    "The signature is not of a release key. The version was not taken; tell the administrator at once.",
  ],
  "updates.trouble.MANIFEST_UNREADABLE": [
    "版本说明无法读取，没有采用。请告诉管理员。",
    "The description of the version cannot be read. It was not taken; tell the administrator.",
  ],
  "updates.trouble.UPDATE_DAMAGED": [
    "下载的文件与签名的内容不符，已经丢弃。请再查询一次；仍然如此请告诉管理员。",
    "What was fetched is not what was signed, and was thrown away. Look once more; if it happens again, tell the administrator.",
  ],
  "updates.trouble.UPDATE_NOT_FETCHED": ["下载中断了，稍后会自动再试。", "The download broke off. The counter tries again by itself."],
} as const satisfies TextPairs;
