import { once } from "node:events";
import { PassThrough } from "node:stream";
import { sampleEnvironment, type HeadOfficeProgram } from "#main/sample/head-office-program.ts";
import type { ElectronParts } from "./parts.ts";

/**
 * Runs head office's bundle in one of Electron's utility processes: the program that Electron comes as shall not run as a plain Node
 * (a fuse says so), since anybody could then run anything under its name. Such a process has no input; it is sent as messages.
 *
 * @see src-server/utility.ts, the other end
 */
export function inUtilityProcess(utilityProcess: ElectronParts["utilityProcess"], bundle: string): HeadOfficeProgram {
  return (args) => {
    const child = utilityProcess.fork(bundle, [...args], {
      stdio: ["ignore", "pipe", "inherit"],
      serviceName: "Counterfoil head office",
      env: sampleEnvironment(),
    });
    if (!child.stdout) throw new Error("a piped output is there from the start");
    return {
      // Electron calls it a stream without saying which; a `PassThrough` is one that every reader of ours takes.
      stdout: child.stdout.pipe(new PassThrough()),
      endInput: (text = "") => child.postMessage({ input: text }, []),
      kill: () => void child.kill(),
      exited: once(child, "exit").then(([code]) => code as number),
    };
  };
}
