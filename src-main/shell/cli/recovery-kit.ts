import { keyInFile } from "#main/security/data-key.ts";
import { printRecoveryKey } from "#main/security/recovery-key.ts";
import { dataFolder } from "#main/shell/data-folder.ts";
import { printJson } from "./answer.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";

/** `station recovery-kit`: the key of the data in letters, to be printed and locked away. */
export async function recoveryKit(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { data: { type: "string" }, json: { type: "boolean", default: false } });
  const recoveryKey = printRecoveryKey(await keyInFile(dataFolder(values.data)).open({ mayCreate: false }));
  if (values.json) printJson({ recoveryKey }, true);
  else
    console.log(
      `${recoveryKey}\n\n打印出来，锁在保险柜里：谁拿到它和数据，谁就能读到全部内容。\nPrint this and lock it away: whoever has it and the data can read all of them.`,
    );
  return exitCodes.done;
}
