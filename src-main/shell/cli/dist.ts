import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandFailure, exitCodes, toFailure } from "./command-failure.ts";
import type { Target } from "./packing/lockfile.ts";
import { pack } from "./packing/pack.ts";
import { makeReleaseKey, signManifests } from "./packing/release-key.ts";
import { readOptions, usage } from "./options.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const publicKeysFile = join(root, "resources", "release-keys.txt");
const output = join(root, "dist");

const help = `dist [--linux] [--win] [--mac] [--arch x64|arm64] [--dir] [--sign KEYFILE]
    Packs the counter into dist/, for this computer's system unless others are named. --dir stops at the folder that would be installed.
    With --sign, the manifests by which counters update themselves are signed.
dist --new-key KEYFILE
    Makes a key to sign releases with. Its public half is added to resources/release-keys.txt: commit that, and guard KEYFILE.`;

/** `npm run dist`, after the bundles were built. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, {
    linux: { type: "boolean", default: false },
    win: { type: "boolean", default: false },
    mac: { type: "boolean", default: false },
    arch: { type: "string", default: process.arch },
    dir: { type: "boolean", default: false },
    sign: { type: "string" },
    "new-key": { type: "string" },
    help: { type: "boolean", default: false },
  });
  if (values.help) console.log(help);
  else if (values["new-key"] !== undefined) {
    const publicKey = await makeReleaseKey(values["new-key"], publicKeysFile);
    console.log(`Releases signed with ${values["new-key"]} will be believed by counters that are packed from now on (${publicKey}).`);
  } else {
    const arch = archOf(values.arch);
    for (const platform of platformsOf(values)) await pack({ target: { platform, arch }, ...(values.dir && { kinds: ["dir"] }) });
    const signed = values.sign === undefined ? [] : await signManifests(output, await readdir(output), values.sign);
    console.log(`The packages are in ${output}.${signed.length > 0 ? ` Signed: ${signed.join(", ")}.` : ""}`);
  }
  return exitCodes.done;
}

function archOf(given: string): Target["arch"] {
  if (given === "x64" || given === "arm64") return given;
  throw usage(`--arch is x64 or arm64, not ${given}.`);
}

function platformsOf(given: { readonly linux: boolean; readonly win: boolean; readonly mac: boolean }): readonly Target["platform"][] {
  const named: readonly Target["platform"][] = [
    ...(given.linux ? (["linux"] as const) : []),
    ...(given.win ? (["win32"] as const) : []),
    ...(given.mac ? (["darwin"] as const) : []),
  ];
  if (named.length > 0) return named;
  const { platform } = process;
  if (platform === "linux" || platform === "win32" || platform === "darwin") return [platform];
  throw new CommandFailure(
    exitCodes.failed,
    "NO_PACKAGE_FOR_THIS_SYSTEM",
    `There are no packages for ${platform}: name --linux, --win or --mac.`,
  );
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { message, exitCode } = toFailure(error);
  console.error(message);
  process.exitCode = exitCode;
}
