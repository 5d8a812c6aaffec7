import { command, needed } from "./command.ts";
import { exitCode, wrongCommand } from "./failure.ts";
import { callAs, localOwner, withHeadOffice } from "./with-head-office.ts";

/** For a station whose key was lost. What is printed goes to `station recover-key` there. */
export const recoverKey = command({
  usage: "hq recover-key --replica N [--data DIR] [--json]",
  options: { replica: needed },
  run: ({ options: { replica } }, program) => {
    if (!/^[1-9]\d{0,8}$/.test(replica)) throw wrongCommand(`--replica ${replica} is not the number of a station.`);
    return withHeadOffice(program, async (headOffice) => {
      const shown = await callAs(localOwner, headOffice, program, "stations.recoverKey", { replica: Number(replica) });
      const { keys } = shown as { readonly keys: readonly { readonly recoveryKey: string; readonly depositedAtMs: number }[] };
      const lines = keys.map(({ recoveryKey, depositedAtMs }) => `${recoveryKey}  since ${new Date(depositedAtMs).toLocaleString()}`);
      const earlier = lines.length > 1 ? "\nThe first is of its data; the others open copies from before its key was changed." : "";
      program.print(shown, `${lines.join("\n")}${earlier}\nAt the station: COUNTERFOIL_RECOVERY_KEY=… npm run station -- recover-key`);
      return exitCode.done;
    });
  },
});
