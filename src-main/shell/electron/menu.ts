import type { MenuItemConstructorOptions } from "electron";
import type { ElectronParts } from "./parts.ts";

const zoom: MenuItemConstructorOptions = {
  label: "View",
  submenu: [{ role: "resetZoom" }, { role: "zoomIn" }, { role: "zoomOut" }, { role: "togglefullscreen" }],
};

/** Keeps what the page cannot do by itself: cut, copy and paste on macOS, and zoom everywhere. Reloading by accident is left out. */
export function setMenu(Menu: ElectronParts["Menu"]): void {
  const onMac: MenuItemConstructorOptions[] = process.platform === "darwin" ? [{ role: "appMenu" }] : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate([...onMac, { role: "editMenu" }, zoom]));
}
