import { printRecoveryKey } from "#main/security/recovery-key.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { printJson } from "./answer.ts";
import { askOwner } from "./ask-owner.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";
import { keyBeside } from "./own-files.ts";

/** `station recovery-kit`: the key of the data in letters, to be printed and locked away. */
export async function recoveryKit(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { data: { type: "string" }, user: { type: "string" }, json: { type: "boolean", default: false } });
  const dataDir = dataFolder(values.data);
  const key = await keyBeside(dataDir);
  const { recoveryKey } = key
    ? { recoveryKey: printRecoveryKey(key) }
    : ((await askOwner(dataDir, "upkeep.recoveryKey", values.user)) as { readonly recoveryKey: string });
  if (values.json) printJson({ recoveryKey }, true);
  else
    console.log(
      `${recoveryKey}\n\n打印出来，锁在保险柜里：谁拿到它和数据，谁就能读到全部内容。\nPrint this and lock it away: whoever has it and the data can read all of them.`,
    );
  return exitCodes.done;
}
