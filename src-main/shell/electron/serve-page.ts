import type { Protocol } from "electron";
import { pageHeaders } from "#main/shell/web/page-headers.ts";
import type { RendererFiles } from "#main/shell/web/renderer-files.ts";
import { pageHost, pageScheme } from "./page-address.ts";

/** Gives the scheme the rules of an ordinary, secure site. Electron takes this only before it is ready. */
export function registerPageScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true } }]);
}

/** Serves the built screens under the page's own origin, with the same policy as the web shell. */
export function servePage(protocol: Protocol, files: RendererFiles): void {
  const headers = pageHeaders([]);
  protocol.handle(pageScheme, ({ method, url }) => {
    const { host, pathname } = new URL(url);
    const file = host === pageHost && method === "GET" ? files.get(pathname) : undefined;
    return file
      ? new Response(file.body, { headers: { ...headers, "content-type": file.type } })
      : new Response(null, { status: 404, headers });
  });
}
