import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The forms in which bytes may stand in a file: as they are, in hexadecimal digits, and as base64 wherever they begin in there. */
const formsOfBytes = (bytes: Buffer): ReadonlyMap<string, Buffer> =>
  new Map([
    ["as they are", bytes],
    ["hexadecimal", Buffer.from(bytes.toString("hex"), "latin1")],
    ...[0, 1, 2].map((offset): [string, Buffer] => [`base64 at ${offset}`, base64Within(bytes, offset)]),
  ]);

/** The forms in which a text may stand in a file: as it is, as other programs spell it, and as base64 wherever it begins in there. */
function formsOfText(text: string): ReadonlyMap<string, Buffer> {
  const utf8 = Buffer.from(text, "utf8");
  const utf16 = Buffer.from(text, "utf16le");
  const escaped = text.replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return new Map([
    ["UTF-8", utf8],
    ["UTF-16, little end first", utf16],
    ["UTF-16, big end first", Buffer.from(utf16).swap16()],
    ["escaped as in JSON", Buffer.from(escaped, "latin1")],
    ["as in an address", Buffer.from(encodeURIComponent(text), "latin1")],
    ["hexadecimal", Buffer.from(utf8.toString("hex"), "latin1")],
    ...[utf8, utf16].flatMap((bytes, i) =>
      [0, 1, 2].map((offset): [string, Buffer] => [`base64 of ${i === 0 ? "UTF-8" : "UTF-16"} at ${offset}`, base64Within(bytes, offset)]),
    ),
  ]);
}

/** The letters of a base64 text that follow from these bytes alone, when so many others stand before them. */
function base64Within(bytes: Buffer, offset: number): Buffer {
  const letters = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const first = Math.ceil((offset * 8) / 6);
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return Buffer.from(letters.slice(first, whole), "latin1");
}

/** Every file below a folder, with the path from there. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** @returns where a secret was found, and in which form; the secret itself is not repeated */
export function findInFiles(files: readonly string[], secrets: Readonly<Record<string, string | Uint8Array>>): readonly string[] {
  const forms = Object.entries(secrets).flatMap(([name, secret]) =>
    [...(typeof secret === "string" ? formsOfText(secret) : formsOfBytes(Buffer.from(secret)))].map(([form, bytes]) => ({
      what: `${name} (${form})`,
      bytes,
    })),
  );
  return files.flatMap((file) => {
    const content = readFileSync(file);
    return forms.filter(({ bytes }) => content.includes(bytes)).map(({ what }) => `${file}: ${what}`);
  });
}
