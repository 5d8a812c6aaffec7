import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** Where each system keeps the number it gave itself at its installation. */
const readers: Partial<Record<NodeJS.Platform, () => string>> = {
  linux: () => readFileSync("/etc/machine-id", "utf8"),
  win32: () => run("reg", ["query", String.raw`HKLM\SOFTWARE\Microsoft\Cryptography`, "/v", "MachineGuid"]),
  darwin: () => /"IOPlatformUUID" = "([^"]+)"/.exec(run("ioreg", ["-rd1", "-c", "IOPlatformExpertDevice"]))?.[1] ?? "",
};
const run = (program: string, args: readonly string[]): string =>
  execFileSync(program, [...args], { encoding: "utf8", timeout: 5_000, stdio: ["ignore", "pipe", "ignore"] });

/** A fingerprint of this computer, of which nothing can be read; null where the system has no number of its own, which then tells nothing. */
export function machineFingerprint(): string | null {
  try {
    const number = readers[process.platform]?.().trim();
    return number ? createHash("sha256").update(`counterfoil machine ${number}`).digest("hex").slice(0, 32) : null;
  } catch {
    return null;
  }
}

/** Tells a file from one that was put in its place; null for one that is not there. */
export function fileIdentity(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.ino}-${found.birthtimeMs}` : null;
}
