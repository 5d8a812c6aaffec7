import type { MenuItemConstructorOptions, WebContents } from "electron";
import type { ElectronParts } from "./parts.ts";

const words = {
  zh: {
    edit: "编辑",
    undo: "撤销",
    redo: "重做",
    cut: "剪切",
    copy: "拷贝",
    paste: "粘贴",
    selectAll: "全选",
    view: "显示",
    actual: "实际大小",
    larger: "放大",
    smaller: "缩小",
    full: "全屏",
    window: "窗口",
    minimize: "最小化",
    hide: "隐藏",
    quit: "退出",
    about: "关于",
  },
  en: {
    edit: "Edit",
    undo: "Undo",
    redo: "Redo",
    cut: "Cut",
    copy: "Copy",
    paste: "Paste",
    selectAll: "Select All",
    view: "View",
    actual: "Actual Size",
    larger: "Zoom In",
    smaller: "Zoom Out",
    full: "Full Screen",
    window: "Window",
    minimize: "Minimize",
    hide: "Hide",
    quit: "Quit",
    about: "About",
  },
} as const;

/**
 * A menu on macOS alone, where the clipboard's keys come from it. Elsewhere a menu bar would take Alt and F10 from the counter, which
 * locks with F10 and opens its screens with Alt and a letter; what a menu would offer, the counter's own palette does.
 */
export function setMenu({ app, Menu }: Pick<ElectronParts, "app" | "Menu">, platform: NodeJS.Platform): void {
  if (platform !== "darwin") return Menu.setApplicationMenu(null);
  const t = app.getLocale().startsWith("en") ? words.en : words.zh;
  const item = (role: MenuItemConstructorOptions["role"], label: string): MenuItemConstructorOptions => ({ ...(role && { role }), label });
  const line: MenuItemConstructorOptions = { type: "separator" };
  const menus: MenuItemConstructorOptions[] = [
    { label: "Counterfoil", submenu: [item("about", `${t.about} Counterfoil`), line, item("hide", t.hide), line, item("quit", t.quit)] },
    {
      label: t.edit,
      submenu: [
        item("undo", t.undo),
        item("redo", t.redo),
        line,
        item("cut", t.cut),
        item("copy", t.copy),
        item("paste", t.paste),
        item("selectAll", t.selectAll),
      ],
    },
    {
      label: t.view,
      submenu: [item("resetZoom", t.actual), item("zoomIn", t.larger), item("zoomOut", t.smaller), line, item("togglefullscreen", t.full)],
    },
    { label: t.window, submenu: [item("minimize", t.minimize)] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}

/** As far as the screens still fit: 50% to 200%. Each level is a fifth larger than the one before. */
const zoomLevelMin = -3;
const zoomLevelMax = 4;
const zoomKeys: Readonly<Record<string, (level: number) => number>> = {
  "=": (level) => level + 1,
  "+": (level) => level + 1,
  "-": (level) => level - 1,
  "0": () => 0,
};

/** Ctrl with +, - and 0, where no menu brings them. */
export function zoomByKeys(contents: WebContents, platform: NodeJS.Platform): void {
  if (platform === "darwin") return;
  contents.on("before-input-event", (event, { type, key, control, alt }) => {
    const zoomed = type === "keyDown" && control && !alt ? zoomKeys[key]?.(contents.getZoomLevel()) : undefined;
    if (zoomed === undefined) return;
    event.preventDefault();
    contents.setZoomLevel(Math.min(Math.max(zoomed, zoomLevelMin), zoomLevelMax));
  });
}
