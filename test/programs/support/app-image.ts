import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import electronPackage from "electron/package.json" with { type: "json" };
import { Arch, build, Platform } from "electron-builder";
import { linuxStandIn } from "./electron-stand-in.ts";

const resources = fileURLToPath(new URL("../../../resources/", import.meta.url));
const runtimeBytes = 4_096;
/** As much as a small program has, so that a part of it is worth fetching alone. */
const payloadBytes = 3_000_000;

/** What an AppImage begins with: a program that opens the file system behind it and runs what is inside. Ours is a script. */
const runtime = `#!/bin/bash
folder=$(mktemp --directory)
trap 'rm -rf "$folder"' EXIT
unsquashfs -quiet -no-progress -offset ${runtimeBytes} -dest "$folder/app" "$0" > /dev/null
APPIMAGE="$0" "$folder/app/AppRun" "$@"
exit
`;

/** The tools that electron-builder would fetch, made of Debian's. */
async function appImageTools(): Promise<string> {
  const tools = await mkdtemp(join(tmpdir(), "appimage-tools-"));
  await mkdir(join(tools, "linux-x64"));
  await mkdir(join(tools, "lib", "x64"), { recursive: true });
  for (const name of ["mksquashfs", "desktop-file-validate"])
    await symlink(execFileSync("which", [name], { encoding: "utf8" }).trim(), join(tools, "linux-x64", name));
  await writeFile(join(tools, "runtime-x64"), runtime.padEnd(runtimeBytes, "\n"));
  return tools;
}

/**
 * Packs an AppImage of a version that is little more than its name and some bytes that all versions share. It is a project of its own with
 * nothing in it: what goes into the counter's package is seen elsewhere.
 *
 * @returns the folder it is in, with its manifest
 */
export async function packAppImage(version: string, notes: string): Promise<string> {
  process.env["APPIMAGE_TOOLS_PATH"] ??= await appImageTools();
  const project = await mkdtemp(join(tmpdir(), `app-image-${version}-`));
  await writeFile(join(project, "payload"), bytesLike("payload", payloadBytes));
  // Nothing of it ever runs: the stand-in for the program says the version and ends.
  const description = { name: "counterfoil", version, main: "package.json", description: "stand-in", author: "test" };
  await writeFile(join(project, "package.json"), JSON.stringify(description));
  await build({
    projectDir: project,
    targets: Platform.LINUX.createTarget(["AppImage"], Arch.x64),
    publish: "never",
    config: {
      appId: "cn.counterfoil.station",
      productName: "Counterfoil",
      electronDist: await linuxStandIn(),
      electronVersion: electronPackage.version,
      files: ["package.json"],
      linux: { executableName: "counterfoil", category: "Office", icon: join(resources, "icon.png") },
      extraResources: ["payload"],
      publish: { provider: "generic", url: "http://127.0.0.1/updates" },
      releaseInfo: { releaseNotes: notes },
    },
  });
  return join(project, "dist");
}

/** Bytes that cannot be compressed and are the same on every machine. */
function bytesLike(seed: string, length: number): Buffer {
  const parts = Array.from({ length: Math.ceil(length / 64) }, (_, i) => createHash("sha512").update(`${seed} ${i}`).digest());
  return Buffer.concat(parts).subarray(0, length);
}
