import { EventEmitter, once } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { BrowserWindowConstructorOptions, Rectangle } from "electron";
import type { ElectronParts } from "#main/shell/electron/parts.ts";
import type { PageDouble } from "./electron-double-page.ts";
import { forkUtilityProcess } from "./electron-double-utility.ts";

/** An event that a listener may prevent, as Electron's are. */
class PreventableEvent {
  isPrevented = false;
  preventDefault = (): void => {
    this.isPrevented = true;
  };
}

/** Queues what arrives until it is started, and tells of messages as events with `data`, as Electron's does; a Node port underneath. */
class MessagePortMainDouble extends EventEmitter {
  readonly inner: MessagePort;
  constructor(inner: MessagePort) {
    super();
    this.inner = inner;
    inner.on("close", () => this.emit("close"));
  }
  start = (): void => {
    this.inner.on("message", (data: unknown) => this.emit("message", { data, ports: [] }));
  };
  postMessage = (message: unknown): void => this.inner.postMessage(message, []);
  close = (): void => this.inner.close();
}

class MessageChannelMainDouble {
  readonly port1: MessagePortMainDouble;
  readonly port2: MessagePortMainDouble;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMainDouble(port1);
    this.port2 = new MessagePortMainDouble(port2);
  }
}

export type Frame = {
  readonly origin: string;
  readonly parent: Frame | null;
  readonly postMessage: (channel: string, message: unknown, transfer: readonly MessagePortMainDouble[]) => void;
};

type Navigation = { readonly url: string; readonly isMainFrame: boolean };

/** Loads a page with its preload. @see electron-double-page.ts */
type LoadPage = (toMain: (channel: string) => void) => Promise<PageDouble>;

class WebContentsDouble extends EventEmitter {
  readonly ipc = new EventEmitter();
  page: PageDouble | undefined;
  #openWindow: (details: { url: string }) => { action: string } = () => ({ action: "allow" });

  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }): void => {
    this.#openWindow = handler;
  };

  /** The page asks for another window. @returns whether it gets one */
  opensWindow = (url: string): boolean => this.#openWindow({ url }).action !== "deny";

  /** @returns whether the page got there */
  navigates = (how: "will-frame-navigate" | "will-redirect" | "will-attach-webview", to: Partial<Navigation> = {}): boolean => {
    const event = Object.assign(new PreventableEvent(), { url: "", isMainFrame: true, ...to });
    this.emit(how, event);
    return !event.isPrevented;
  };

  #zoomLevel = 0;
  getZoomLevel = (): number => this.#zoomLevel;
  setZoomLevel = (level: number): void => {
    this.#zoomLevel = level;
  };
  /** A key is pressed. @returns whether the page gets it */
  presses = (key: string, { control = false, alt = false } = {}): boolean => {
    const event = new PreventableEvent();
    this.emit("before-input-event", event, { type: "keyDown", key, control, alt });
    return !event.isPrevented;
  };
  forcefullyCrashRenderer = (): void => this.dies("killed");
  /** The page's process ends. */
  dies = (reason: string): void => void this.emit("render-process-gone", {}, { reason, exitCode: 5 });

  /** Says hello from a frame of the test's choosing, as a page that got hold of the channel would. */
  helloFrom = (senderFrame: Frame | null): void => {
    this.ipc.emit("counterfoil:hello", { sender: this, senderFrame, ports: [] }, null);
  };

  /** The frame of the page that is shown now. */
  readonly mainFrame: Frame = {
    parent: null,
    origin: "app://counterfoil",
    postMessage: (channel, message, transfer) =>
      this.page?.receive(
        channel,
        message,
        transfer.map(({ inner }) => inner),
      ),
  };
}

class BrowserWindowDouble extends EventEmitter {
  readonly webContents = new WebContentsDouble();
  readonly options: BrowserWindowConstructorOptions;
  readonly seen: string[] = [];
  readonly #loadPage: LoadPage | undefined;
  #isMinimized = false;

  constructor(options: BrowserWindowConstructorOptions, loadPage: LoadPage | undefined) {
    super();
    this.options = options;
    this.#loadPage = loadPage;
  }

  /** Loads the page and runs its preload; a page that was there before is torn down, and its ports close with it. */
  loadURL = async (url: string): Promise<void> => {
    this.seen.push(`load ${url}`);
    await this.reload();
    this.emit("ready-to-show");
  };
  reload = async (): Promise<PageDouble | undefined> => {
    this.webContents.page?.tearDown();
    const page = await this.#loadPage?.((channel) => {
      if (channel === "counterfoil:hello") this.webContents.helloFrom(this.webContents.mainFrame);
    });
    this.webContents.page = page;
    return page;
  };
  isMaximized = (): boolean => this.seen.includes("maximize");
  maximize = (): number => this.seen.push("maximize");
  /** As it was opened: nobody drags it about here. */
  getNormalBounds = (): Rectangle => {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  };
  /** Somebody closes it, or the program does. */
  close = (): void => {
    const event = new PreventableEvent();
    this.emit("close", event);
    if (!event.isPrevented) this.emit("closed");
  };
  minimize = (): void => {
    this.#isMinimized = true;
  };
  isMinimized = (): boolean => this.#isMinimized;
  restore = (): void => {
    this.#isMinimized = false;
    this.seen.push("restore");
  };
  show = (): number => this.seen.push("show");
  focus = (): number => this.seen.push("focus");
}

class AppDouble extends EventEmitter {
  readonly isPackaged = true;
  getVersion = (): string => "1.0.0";
  getLocale = (): string => "zh-CN";
  isSandboxed = false;
  isReady = false;
  #isFirst: boolean;
  readonly #exited = Promise.withResolvers<number>();

  constructor(isFirst: boolean) {
    super();
    this.#isFirst = isFirst;
  }

  /** Resolves with the exit code. */
  get exited(): Promise<number> {
    return this.#exited.promise;
  }
  enableSandbox = (): void => {
    this.isSandboxed = true;
  };
  hasLock = true;
  releaseSingleInstanceLock = (): void => {
    this.hasLock = false;
  };
  requestSingleInstanceLock = (): boolean => this.#isFirst;
  whenReady = async (): Promise<void> => {
    await Promise.resolve();
    this.isReady = true;
  };
  quit = (): void => {
    const event = new PreventableEvent();
    this.emit("will-quit", event);
    if (!event.isPrevented) this.exit(0);
  };
  exit = (code: number): void => this.#exited.resolve(code);
}

type Answer = (isGranted: boolean) => void;
type RequestHandler = (contents: unknown, permission: string, answer: Answer) => void;

class SessionDouble {
  #request: RequestHandler = (_contents, _permission, answer) => answer(true);
  #check = (): boolean => true;
  #device = (): boolean => true;
  setPermissionRequestHandler = (handler: RequestHandler): void => {
    this.#request = handler;
  };
  setPermissionCheckHandler = (handler: () => boolean): void => {
    this.#check = handler;
  };
  setDevicePermissionHandler = (handler: () => boolean): void => {
    this.#device = handler;
  };

  /** @returns whether the page gets a permission by any of the three ways on which Electron decides it */
  grants = async (permission: string): Promise<boolean> => {
    const isGranted = await new Promise<boolean>((resolve) => this.#request(undefined, permission, resolve));
    return isGranted || this.#check() || this.#device();
  };
}

export type ElectronDoubleOptions = { readonly isFirst?: boolean; readonly hasKeychain?: boolean; readonly loadPage?: LoadPage };
export type ElectronDouble = ReturnType<typeof electronDouble>;

/**
 * The part of Electron that the shell uses, as far as its documentation describes it: windows with pages that run the real preload,
 * real message ports, events that can be prevented, and permissions that are granted unless somebody denies them.
 *
 * @param isFirst false when the counter runs already
 * @param hasKeychain false on a desktop without one
 * @param loadPage what a window does with its page; without it, windows stay empty
 */
export function electronDouble({ isFirst = true, hasKeychain = true, loadPage }: ElectronDoubleOptions = {}) {
  const app = new AppDouble(isFirst);
  const windows: BrowserWindowDouble[] = [];
  const opened = new EventEmitter();
  const session = new SessionDouble();
  const schemes = new Map<string, (request: Request) => Response>();
  const privileged: unknown[] = [];
  const errors: string[] = [];
  const warnings: string[] = [];
  const menus: unknown[] = [];
  const powerMonitor = new EventEmitter();
  /** Which button is pressed in the dialogs to come; the first one when nothing is said. */
  const answers: number[] = [];
  const parts = {
    app,
    utilityProcess: { fork: forkUtilityProcess },
    session: { defaultSession: session },
    MessageChannelMain: MessageChannelMainDouble,
    BrowserWindow: class extends BrowserWindowDouble {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options, loadPage);
        windows.push(this);
        this.once("closed", () => app.emit("window-all-closed"));
        app.emit("web-contents-created", {}, this.webContents);
        opened.emit("window");
      }
    },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: unknown) => {
        menus.push(menu);
      },
    },
    powerMonitor,
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
    dialog: {
      showErrorBox: (title: string, content: string) => errors.push(`${title}\n${content}`),
      // The window that it belongs to may come first.
      showMessageBox: async (...given: readonly unknown[]) => {
        const { message, detail = "" } = given.at(-1) as { readonly message: string; readonly detail?: string };
        warnings.push(`${message}\n${detail}`);
        return { response: answers.shift() ?? 0, checkboxChecked: false };
      },
      showMessageBoxSync: (_window: unknown, { message, detail }: { message: string; detail: string }) => {
        warnings.push(`${message}\n${detail}`);
        return answers.shift() ?? 0;
      },
    },
    protocol: {
      registerSchemesAsPrivileged: (list: readonly unknown[]) => {
        if (app.isReady) throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
        privileged.push(...list);
      },
      handle: (scheme: string, handler: (request: Request) => Response) => schemes.set(scheme, handler),
    },
    safeStorage: {
      isAsyncEncryptionAvailable: async () => hasKeychain,
      getSelectedStorageBackend: () => (hasKeychain ? "gnome_libsecret" : "basic_text"),
      encryptStringAsync: async (plain: string) => Buffer.from(Buffer.from(plain).toString("base64")),
      decryptStringAsync: async (sealed: Buffer) => ({
        result: Buffer.from(sealed.toString(), "base64").toString(),
        shouldReEncrypt: false,
      }),
    },
  };
  return {
    parts: parts as unknown as ElectronParts,
    app,
    session,
    windows,
    privileged,
    errors,
    warnings,
    menus,
    answers,
    /** The computer wakes up. */
    resume: () => powerMonitor.emit("resume"),
    /** A server shows a certificate that cannot be trusted. @returns whether it is trusted all the same */
    trustsCertificate: (): boolean => {
      const event = new PreventableEvent();
      let isTrusted = false;
      app.emit("certificate-error", event, {}, "https://shop.example", "net::ERR_CERT_AUTHORITY_INVALID", {}, (answer: boolean) => {
        isTrusted = answer;
      });
      return isTrusted || !event.isPrevented;
    },
    /** What a page gets for an address of a registered scheme. */
    fetch: (url: string, init?: RequestInit): Response | undefined =>
      schemes.get(new URL(url).protocol.slice(0, -1))?.(new Request(url, init)),
    /** The first window, once it has been opened. */
    window: async (): Promise<BrowserWindowDouble> => {
      if (windows.length === 0) await once(opened, "window");
      const [window] = windows;
      if (!window) throw new Error("a window was announced and is not there");
      return window;
    },
    /** Another start of the program while this one runs. */
    startAgain: () => app.emit("second-instance", {}, [], "/"),
    closeWindow: () => windows[0]?.close(),
  };
}
