import { describe, expect, it } from "vitest";
import { appearanceAfter, rememberAppearance, rememberedAppearance } from "../../../../src-renderer/app/appearance/appearance.ts";

function emptyStorage() {
  const items = new Map<string, string>();
  return { getItem: (key: string) => items.get(key) ?? null, setItem: (key: string, value: string) => void items.set(key, value), items };
}

describe("the appearance", () => {
  it("is the system's until somebody chooses, and is remembered from then on", () => {
    const storage = emptyStorage();
    expect(rememberedAppearance(storage)).toBe("system");
    rememberAppearance(storage, "dark");
    expect(rememberedAppearance(storage)).toBe("dark");
  });

  it("is the system's where something else was stored", () => {
    const storage = emptyStorage();
    rememberAppearance(storage, "light");
    for (const key of storage.items.keys()) storage.items.set(key, "sepia");
    expect(rememberedAppearance(storage)).toBe("system");
  });

  it("comes around to where it began", () => {
    expect(appearanceAfter(appearanceAfter(appearanceAfter("system")))).toBe("system");
    expect(new Set(["system", "light", "dark"])).toEqual(
      new Set([appearanceAfter("system"), appearanceAfter("light"), appearanceAfter("dark")]),
    );
  });
});
