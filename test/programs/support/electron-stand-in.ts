import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import electronPackage from "electron/package.json" with { type: "json" };

/** By these bytes the fuses are found in Electron's program; their version and number follow, then one character a fuse. */
const fuseWire = Buffer.concat([Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"), Buffer.from([1, 9]), Buffer.from("101000011")]);

/**
 * A folder as Electron's download unpacks to, with a script in the place of the program: it says which version of the app it
 * is part of, also to the file that `STARTED_VERSIONS` names.
 */
export async function linuxStandIn(): Promise<string> {
  const folder = await emptyStandIn();
  const script = `#!/bin/sh
archive="$(dirname "$(readlink -f "$0")")/resources/app.asar"
grep --text --only-matching '"version": *"[^"]*"' "$archive" | tail -1 | tee -a "\${STARTED_VERSIONS:-/dev/null}"
exit
`;
  await writeFile(join(folder, "electron"), Buffer.concat([Buffer.from(script), fuseWire]), { mode: 0o755 });
  return folder;
}

/** The same for Windows, with an installer that does nothing in the place of the program: resources can be written into it. */
export async function windowsStandIn(): Promise<string> {
  const folder = await emptyStandIn();
  const script = join(folder, "stand-in.nsi");
  await writeFile(join(folder, "fuses.bin"), fuseWire);
  await writeFile(
    script,
    [
      'Name "electron"',
      "OutFile electron.exe",
      "SetCompress off",
      'VIProductVersion "1.0.0.0"',
      'VIAddVersionKey "ProductName" "electron"',
      'VIAddVersionKey "FileVersion" "1.0.0.0"',
      'VIAddVersionKey "FileDescription" "electron"',
      'VIAddVersionKey "LegalCopyright" "none"',
      "Section",
      "File fuses.bin",
      "SectionEnd",
    ].join("\n"),
  );
  await promisify(execFile)("makensis", ["-V1", script]);
  return folder;
}

async function emptyStandIn(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "electron-stand-in-"));
  await mkdir(join(folder, "resources"));
  await mkdir(join(folder, "locales"));
  for (const language of ["de", "en-US", "zh-CN"]) await writeFile(join(folder, "locales", `${language}.pak`), language);
  for (const text of ["LICENSE", "LICENSES.chromium.html"]) await writeFile(join(folder, text), text);
  await writeFile(join(folder, "version"), electronPackage.version);
  return folder;
}
