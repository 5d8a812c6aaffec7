import { launchChromium } from "#main/shell/cli/chromium.ts";
import { openCounterPage, type CounterPage, type Screen } from "./counter-page.ts";

export type PortPage = {
  readonly screen: CounterPage;
  /** Closes the port that the page talks over, as the end of the main process's side would. */
  readonly dropPort: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * What Electron's preload is to the page, in a plain browser: it answers `counterfoil:hello` with a fresh port each time. Behind the port
 * there is no main process but the station's socket; both carry the same messages, so the station is the real one.
 */
const preload = (url: string): string => `
  let open;
  addEventListener("message", ({ source, data }) => {
    if (source !== window || data !== "counterfoil:hello") return;
    const { port1, port2 } = new MessageChannel();
    const { host, hash } = new URL(${JSON.stringify(url)});
    const socket = new WebSocket("ws://" + host + "/rpc", ["orpc", hash.slice("#token=".length)]);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      // What the page still says while the port is being closed goes nowhere, as in Electron.
      port1.onmessage = ({ data }) => socket.readyState === WebSocket.OPEN && socket.send(data);
    };
    socket.onmessage = ({ data }) => port1.postMessage(data);
    socket.onclose = () => port1.close();
    open = socket;
    window.postMessage({ type: "counterfoil:port" }, window.origin, [port2]);
  });
  window.dropPort = () => open.close();`;

/**
 * Opens the screens under an address without a host, as Electron's window has one, so that they ask for a port. The address is a blob of
 * the page that the station serves: of its origin and under its policy, and not of the web.
 */
export async function openPortPage(url: string, size: Screen): Promise<PortPage> {
  // In Electron a port tells when its other end was closed; Chromium has the same event behind a switch.
  const browser = await launchChromium(["--enable-blink-features=MessagePortCloseEvent"]);
  const screen = await openCounterPage(browser, url, size, async (page) => void (await page.addInitScript(preload(url))));
  await screen.page.evaluate(`(async () => {
    const page = await (await fetch("/")).text();
    const absolute = page.replaceAll(/(src|href)="[.]?\\//g, '$1="' + location.origin + "/");
    location.href = URL.createObjectURL(new Blob([absolute], { type: "text/html" }));
  })()`);
  await screen.page.waitForURL(/^blob:/);
  return { screen, dropPort: () => screen.page.evaluate("dropPort()"), close: () => browser.close() };
}
