import { gzipSync } from "node:zlib";
import type { SyncRefusal, SyncService } from "#server/app/head-office.ts";
import * as wire from "#shared/contracts/sync/wire.ts";
import { snapshotReply } from "#shared/contracts/sync/snapshot.ts";
import { err, ok, type Result } from "#shared/std/result.ts";

/** What a station asks of head office, asked over the line as `docs/sync.md` describes it: packed, and with the token beside the body. */
export function overHttp(url: string): Omit<SyncService, "identity"> {
  async function ask<T>(
    path: string,
    body: unknown,
    token: string | undefined,
    read: (text: string, bytes: Buffer) => T,
  ): Promise<Result<T, SyncRefusal>> {
    const reply = await fetch(url + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-encoding": "gzip",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: new Uint8Array(gzipSync(JSON.stringify(body))),
    });
    const bytes = Buffer.from(await reply.arrayBuffer());
    if (reply.ok) return ok(read(bytes.toString("utf8"), bytes));
    const { code, data } = wire.syncError.parse(JSON.parse(bytes.toString("utf8"))).error;
    return err({ code, status: reply.status as SyncRefusal["status"], data });
  }
  const readLines = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => wire.pullFrame.parse(JSON.parse(line)));

  return {
    enrol: (body) => ask(wire.syncPath.enrol, body, undefined, (text) => wire.enrolReply.parse(JSON.parse(text))),
    challenge: (replica) =>
      ask(wire.syncPath.challenge, { replica }, undefined, (text) =>
        Buffer.from(wire.challengeReply.parse(JSON.parse(text)).challenge, "base64"),
      ),
    hello: (body) => ask(wire.syncPath.hello, body, undefined, (text) => wire.helloReply.parse(JSON.parse(text))),
    push: (token, body) => ask(wire.syncPath.push, body, token, (text) => wire.pushReply.parse(JSON.parse(text))),
    pull: (token, body) => ask(wire.syncPath.pull, body, token, readLines),
    draw: (token, body) => ask(wire.syncPath.draw, body, token, (text) => wire.drawReply.parse(JSON.parse(text))),
    find: (token, body) => ask(wire.syncPath.find, body, token, (text) => wire.findReply.parse(JSON.parse(text))),
    erasures: (token, body) => ask(wire.syncPath.erasures, body, token, (text) => wire.erasuresReply.parse(JSON.parse(text))),
    present: (token, body) => ask(wire.syncPath.present, body, token, (text) => wire.presentReply.parse(JSON.parse(text))),
    ownOps: (token, body) => ask(wire.syncPath.ownOps, body, token, (text) => wire.ownOpsReply.parse(JSON.parse(text))),
    repair: (token, body) => ask(wire.syncPath.repair, body, token, (text) => wire.repairReply.parse(JSON.parse(text))),
    deposit: (token, body) => ask(wire.syncPath.deposit, body, token, (text) => wire.depositReply.parse(JSON.parse(text))),
    snapshot: (token, body) => ask(wire.syncPath.snapshot, body, token, (text) => snapshotReply.parse(JSON.parse(text))),
    snapshotChunk: (token, body) => ask(wire.syncPath.snapshotChunk, body, token, (_, bytes) => bytes),
    act: (token, body) => ask(wire.syncPath.act, body, token, (text) => wire.actReply.parse(JSON.parse(text))),
  };
}
