import type { App, Session, WebContents } from "electron";
import { pageUrl } from "./page-address.ts";

/** Keeps a page where it is: it opens no other windows and goes nowhere, and a reload brings it back to itself. */
export function lockDown(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame || event.url !== pageUrl) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
}

/** The page comes from within and reaches nothing over TLS; whatever asks all the same gets no exception for its certificate. */
export function refuseCertificates(app: App): void {
  app.on("certificate-error", (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
}

/** Camera, microphone, location, notifications, serial ports of the browser's: the counter uses none of them. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
