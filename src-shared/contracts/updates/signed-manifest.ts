import { concatBytes } from "#shared/std/bytes.ts";

const utf8 = new TextEncoder();

/** The manifests of a release, as electron-builder names them: `latest.yml` for Windows, `latest-linux.yml`, `latest-linux-arm64.yml` … */
export const isManifestName = (file: string): boolean => /^latest(-[a-z0-9]+)*\.yml$/.test(file);

/** Beside the manifest: 64 bytes in base64. */
export const signatureName = (manifest: string): string => `${manifest}.sig`;

/**
 * What a signature covers, byte for byte: its purpose, the manifest's name and its contents. Without the name, the manifest of one
 * platform could be shown to another. The contents name each file with its SHA-512, so the files are covered too.
 */
export const manifestBytes = (name: string, contents: Uint8Array): Uint8Array =>
  concatBytes(utf8.encode(`counterfoil-update\n${name}\n`), contents);

/** The keys in `resources/release-keys.txt`: the base64 of 32 raw bytes a line, and lines that begin with `#`. */
export const readReleaseKeys = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
