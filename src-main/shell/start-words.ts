import { Fault } from "#main/app/ports/fault.ts";
import type { FolderRisk } from "./folder-risk.ts";

type Pair = readonly [zh: string, en: string];

/**
 * What a person is told when the counter does not open: what is so, and what to do. In both languages, because before the start nobody
 * has chosen one. `docs/errors.md` has the same codes with more to each.
 */
const wordsOf: Readonly<Record<string, Pair>> = {
  OWNED_BY_ANOTHER: [
    "柜台已经在另一个窗口或程序里打开（进程 {pid}）。请用那个窗口，或先把它关掉。",
    "The counter is open already in another window or program (process {pid}). Use that one, or close it first.",
  ],
  STORAGE_FULL: [
    "这台电脑的磁盘满了。数据都在，没有丢失。请腾出磁盘空间，再打开柜台。",
    "The disk of this computer is full. The data are all there. Free some disk space, then open the counter again.",
  ],
  STORAGE_READ_ONLY: [
    "数据文件夹或 station.db 只能读、不能写。请让当前用户有写入权限，再打开柜台。",
    "The data folder or station.db can be read but not written. Give this user the right to write there, then open the counter again.",
  ],
  STORAGE_CANNOT_OPEN: [
    "打不开 station.db：文件夹不在，或者当前用户无权读取。请检查文件夹和权限。",
    "station.db cannot be opened: the folder is not there, or this user may not read it. Check the folder and its rights.",
  ],
  STORAGE_DAMAGED: [
    "station.db 损坏了。请先把整个数据文件夹复制一份，再重建数据（station rebuild，不会丢积分），或联系技术支持。",
    "station.db is damaged. Copy the whole data folder first, then rebuild the data (station rebuild, which loses no points), or call support.",
  ],
  STORAGE_MISSING: [
    "这个文件夹原是一个柜台的，station.db 却不见了。请运行 station rebuild 重建数据，不会丢积分；不要重新加入总部。",
    "This folder was a counter's, and its station.db is gone. Run station rebuild, which loses no points; do not enrol anew.",
  ],
  STORAGE_KEY_OR_FILE_WRONG: [
    "station.db 用这把密钥打不开，或者文件开头已损坏。请找回配套的密钥或文件；文件损坏时用备份恢复（station restore）。",
    "station.db does not open with this key, or its beginning is damaged. Bring back the key or file that belong together; restore a backup if it is damaged (station restore).",
  ],
  STORAGE_BUSY: [
    "另一个程序（例如备份或杀毒软件）占用了 station.db。请关掉它，再打开柜台。",
    "Another program, such as a back-up or a virus scanner, holds station.db. Close it, then open the counter again.",
  ],
  STORAGE_NEWER: [
    "数据是由更新的程序版本（{writtenBy}）写的，这个版本不认识，也没有改动任何内容。请安装那个版本或更新的版本。",
    "The data were written by a later version of the program ({writtenBy}), which this one does not know. Nothing was changed. Install that version or a later one.",
  ],
  STORAGE_RESTORING: [
    "上一次恢复备份中途断了。请再运行一次 station restore，然后打开柜台。",
    "A backup was being restored, and it was broken off. Run station restore once more, then open the counter.",
  ],
  STORAGE_OLDER: [
    "数据是旧版本程序写的。请先打开一次柜台，让它更新数据。",
    "The data are of an earlier version of the program. Open the counter once, so that it brings them up to date.",
  ],
  BACKUP_NOT_FOUND: ["找不到备份。请用 --backup 指定备份文件。", "There is no copy to restore. Name one with --backup."],
  NO_DATA: [
    "这个文件夹里没有柜台数据。请用 --data 指定数据文件夹。",
    "There is no station in this folder. Name the data folder with --data.",
  ],
  STORAGE_FAILING: [
    "磁盘读写出错：可能损坏、超出配额或已断开。请先把数据文件夹复制到别的磁盘，再检查磁盘和连线。",
    "The disk fails to read or write: it may be failing, over its quota, or unplugged. Copy the data folder to another disk first, then check disk and cable.",
  ],
  KEY_MISSING: [
    "数据在，但密钥 station.key 不在。请从保存的地方放回来；找不到时，用打印的恢复密钥，或总部保管的那一把（hq recover-key），运行 station recover-key 找回。哪里都没有密钥时，不要删除这个文件夹：把它改名留着，再用新的加入码加入总部，并请总部停用原来的柜台。以后找到密钥，里面还没交换的记录仍然会送出。",
    "The data are there, but the key station.key is not. Put it back from where it was kept; if it is lost, the printed recovery key, or the one that head office keeps (hq recover-key), brings it back with station recover-key. Where nobody has one, do not delete this folder: rename it and keep it, enrol with a new code, and let head office fence the old counter. What it had not exchanged still goes out if the key is found one day.",
  ],
  KEY_EXPOSED: [
    "这台电脑的其他用户也能读 station.key。如果没人复制过，请把它改成只有本人可读（chmod 600），再打开柜台。",
    "Other users of this computer can read station.key. If nobody has copied it, let only its owner read it (chmod 600), then open the counter again.",
  ],
  KEY_DAMAGED: [
    "密钥文件不完整，或者系统的安全存储打不开它。请用当初安装柜台的用户登录电脑，或者恢复密钥（station recover-key）。",
    "The key file is not whole, or the system's safe storage does not open it. Sign in to the computer as the person who set the counter up, or recover the key (station recover-key).",
  ],
  KEY_CHANGE_UNFINISHED: [
    "上一次更换密钥中途断了，数据没有丢失。请再运行一次 station change-key，然后打开柜台。",
    "The key was being changed, and it was broken off; no data are lost. Run station change-key once more, then open the counter.",
  ],
  RECOVERY_KEY_WRONG: [
    "这不是这份数据的恢复密钥，或者抄错了一个字符。请对照打印的那张纸再输一次。",
    "This is not the recovery key of these data, or a character is wrong. Compare it with the printed sheet and enter it again.",
  ],
  KEY_IN_SAFE_STORAGE: [
    "这个文件夹的密钥在系统的安全存储里。请打开柜台自己的窗口。",
    "The key of this folder is in the system's safe storage. Open the counter's own window.",
  ],
};

/** Said at each start, while the counter opens all the same. */
export const riskWords: Readonly<Record<FolderRisk, { readonly zh: string; readonly en: string }>> = {
  FOLDER_ON_NETWORK: {
    zh: "数据文件夹在网络磁盘上：断线或两台电脑同时写入会损坏数据。请把它移到这台电脑自己的磁盘。",
    en: "The data folder lies on a network disk, where a lost line or a second computer can damage it. Move it to a disk of this computer.",
  },
  FOLDER_SYNCED: {
    zh: "数据文件夹在同步网盘里：同步程序可能写坏数据，或放回旧文件。请把它移到不同步的文件夹。",
    en: "The data folder is kept in step by a cloud drive, which can damage it or put an old file back. Move it to a folder that is not synced.",
  },
};

/** @returns the words in both languages, or undefined for what nobody at a counter can act on */
export function startWords(error: unknown): { readonly zh: string; readonly en: string } | undefined {
  const pair = error instanceof Fault ? wordsOf[error.code] : undefined;
  if (!pair || !(error instanceof Fault)) return undefined;
  const [zh, en] = pair.map((text) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => factOf(error.data[name])));
  return zh === undefined || en === undefined ? undefined : { zh, en };
}

const factOf = (fact: unknown): string => (typeof fact === "string" || typeof fact === "number" ? String(fact) : "?");
