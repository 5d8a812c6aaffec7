import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { withFewColours } from "#main/shell/cli/screenshots/few-colours.ts";
import { projectRoot } from "#test/architecture/planted-project.ts";

const resources = join(projectRoot, "resources");

/** Width, height and the colour of each pixel of a picture with a palette. */
function read(png: Buffer) {
  const parts: Record<string, Buffer> = {};
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    parts[png.toString("latin1", at + 4, at + 8)] = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
  const header = parts["IHDR"] ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const lines = inflateSync(parts["IDAT"] ?? Buffer.alloc(0));
  const palette = parts["PLTE"] ?? Buffer.alloc(0);
  return {
    width,
    height,
    colours: palette.length / 3,
    at: (x: number, y: number) => palette.readUIntBE((lines[y * (width + 1) + 1 + x] ?? 0) * 3, 3),
  };
}

it("a picture keeps its size and its common colours, and has 256 at most", () => {
  const icon = readFileSync(join(resources, "icon.png"));
  const { width, height, colours, at } = read(withFewColours(icon));
  expect([width, height]).toEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)]);
  expect(colours).toBeLessThanOrEqual(256);
  // What the drawing is made of: see its source.
  const drawn = new Set(
    [...readFileSync(join(resources, "icon.svg"), "utf8").matchAll(/#([0-9a-f]{6})\b/gi)].map(([, hex = ""]) => parseInt(hex, 16)),
  );
  const seen = new Set<number>();
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) seen.add(at(x, y));
  expect(drawn.size).toBeGreaterThan(0);
  for (const colour of drawn) expect(seen).toContain(colour);
});

it("the pictures of the guide are small enough for a page on a slow line", () => {
  const pictures = globSync("docs/images/*.png", { cwd: projectRoot }).map((name) => readFileSync(join(projectRoot, name)));
  expect(Math.max(...pictures.map(({ length }) => length))).toBeLessThan(120_000);
  expect(pictures.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(5_000_000);
});
