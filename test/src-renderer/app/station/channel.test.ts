import { describe, expect, it } from "vitest";
import { findStation } from "../../../../src-renderer/app/station/channel.ts";

function openPage(address: string, kept: string | null = null) {
  const { protocol, host, pathname, search, hash } = new URL(address);
  const shown: string[] = [];
  const stored = new Map(kept === null ? [] : [["counterfoil.token", kept]]);
  const page = {
    location: { protocol, host, pathname, search, hash },
    history: { replaceState: (_data: unknown, _unused: string, url?: string | URL | null) => void shown.push(String(url)) },
    storage: { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) },
  };
  return { found: findStation(page), shown, stored };
}

describe("where the page finds its station", () => {
  it("is the host that served it, with the token of the address", () => {
    const { found } = openPage("http://127.0.0.1:4100/#token=abc");
    expect(found).toEqual({ kind: "socket", url: "ws://127.0.0.1:4100/rpc", token: "abc" });
  });

  it("no longer shows the token, and survives a reload", () => {
    const { shown, stored } = openPage("http://127.0.0.1:4100/#token=abc");
    expect(shown).toEqual(["/"]);
    expect(stored.get("counterfoil.token")).toBe("abc");
    expect(openPage("http://127.0.0.1:4100/", "abc").found).toMatchObject({ token: "abc" });
  });

  it("takes a new token before an old one", () => {
    expect(openPage("http://127.0.0.1:4100/#token=new", "old").found).toMatchObject({ token: "new" });
  });

  it("is nowhere without a token", () => {
    expect(openPage("http://127.0.0.1:4100/").found).toEqual({ kind: "none" });
  });

  it("is behind a port where the page is a file of the app", () => {
    expect(openPage("file:///app/index.html").found).toEqual({ kind: "port" });
  });
});
