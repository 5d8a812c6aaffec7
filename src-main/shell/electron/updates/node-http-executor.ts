import http from "node:http";
import https from "node:https";
import { ElectronHttpExecutor } from "electron-updater/out/electronHttpExecutor.js";

type Callback = (response: http.IncomingMessage) => void;

/** Fetches over Node's own HTTP, as the exchange with head office does: an address that one of them trusts is trusted by both. */
export class NodeHttpExecutor extends ElectronHttpExecutor {
  override createRequest(options: http.RequestOptions, callback: Callback): ReturnType<ElectronHttpExecutor["createRequest"]> {
    const { request } = options.protocol === "http:" ? http : https;
    // A connection each: the library leaves its listeners on a socket, and one that is used again would collect them.
    // Named for Electron's kind of request; what is used of it, Node's has too.
    return request({ ...options, agent: false }, callback) as unknown as ReturnType<ElectronHttpExecutor["createRequest"]>;
  }
}
