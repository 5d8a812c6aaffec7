import { expect, it } from "vitest";
import { browserCommand, type Desktop } from "#main/shell/cli/browser.ts";

const url = "http://127.0.0.1:4100/#token=t";
const linux = (installed: readonly string[], more: Partial<Desktop> = {}): Desktop => ({
  platform: "linux",
  isRoot: false,
  env: { DISPLAY: ":0" },
  hasProgram: (name) => installed.includes(name),
  ...more,
});

it("opens the browser that the person has chosen", () => {
  expect(browserCommand(url, linux(["xdg-open", "chromium"]))).toEqual({ program: "xdg-open", args: [url] });
  expect(browserCommand(url, linux(["xdg-open"], { env: { WAYLAND_DISPLAY: "wayland-0" } }))).toEqual({ program: "xdg-open", args: [url] });
  expect(browserCommand(url, linux([], { platform: "darwin", env: {} }))).toEqual({ program: "open", args: [url] });
  expect(browserCommand(url, linux([], { platform: "win32", env: {} }))).toMatchObject({
    program: "cmd.exe",
    args: expect.arrayContaining([url]),
  });
});

it("opens Chromium for root, whom its sandbox refuses", () => {
  const command = browserCommand(url, linux(["xdg-open", "chromium"], { isRoot: true }));
  expect(command?.program).toBe("chromium");
  expect(command?.args).toEqual(expect.arrayContaining([`--app=${url}`, "--no-sandbox", "--test-type"]));
  expect(browserCommand(url, linux(["xdg-open"], { isRoot: true }))?.program).toBe("xdg-open");
});

it("leaves the address to be printed where there is no display or no browser", () => {
  expect(browserCommand(url, linux(["xdg-open", "chromium"], { env: {} }))).toBeUndefined();
  expect(browserCommand(url, linux([]))).toBeUndefined();
});
