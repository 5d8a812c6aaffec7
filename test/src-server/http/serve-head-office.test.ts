import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import { ok } from "#shared/std/result.ts";
import { bearer, headOfficeDouble, post, serve, wellFormed } from "./head-office-double.ts";

/** Self-signed for 127.0.0.1; made for these tests, used nowhere else, and so no secret. */
const tls = {
  certificate: readFileSync(new URL("fixtures/certificate.pem", import.meta.url), "utf8"),
  key: readFileSync(new URL("fixtures/key.pem", import.meta.url), "utf8"),
};

describe("where head office listens", () => {
  it.each(["0.0.0.0", "::", "192.0.2.1"])("refuses plain HTTP on %s, which others can reach", async (host) => {
    await expect(serve(headOfficeDouble(), { host })).rejects.toMatchObject({
      code: "INSECURE_ADDRESS",
      message: expect.stringContaining("--tls-cert"),
    });
  });

  it.each(["127.0.0.1", "localhost"])("serves plain HTTP on %s", async (host) => {
    const { url } = await serve(headOfficeDouble(), { host });
    expect((await post(url, syncPath.identity, { nonce: "" })).status).toBe(200);
  });

  it("serves HTTPS anywhere, given a certificate", async () => {
    const { url } = await serve(headOfficeDouble(), { host: "0.0.0.0", tls });
    const { port, protocol } = new URL(url);
    expect(protocol).toBe("https:");
    const asking = request(`https://127.0.0.1:${port}${syncPath.identity}`, {
      method: "POST",
      ca: tls.certificate,
      headers: { "content-type": "application/json" },
    });
    asking.end(JSON.stringify({ nonce: "" }));
    const [answered] = await once(asking, "response");
    expect(answered.statusCode).toBe(200);
    answered.resume();
  });

  it("says so when certificate and key do not belong together", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const foreignKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    await expect(serve(headOfficeDouble(), { tls: { ...tls, key: foreignKey } })).rejects.toMatchObject({ code: "CERTIFICATE_UNUSABLE" });
  });

  it("says so when the port is taken", async () => {
    const { url } = await serve(headOfficeDouble());
    await expect(serve(headOfficeDouble(), { port: Number(new URL(url).port) })).rejects.toMatchObject({ code: "ADDRESS_UNUSABLE" });
  });
});

describe("the update feed", () => {
  it("stands beside the exchange, which goes on taking nothing but POST", async () => {
    const { url } = await serve(headOfficeDouble(), { releases: { find: async () => undefined } });
    expect((await fetch(`${url}/updates/stable/A/latest.yml`)).status).toBe(404);
    expect((await fetch(`${url}/updates/stable/A/latest.yml`, { method: "POST" })).status).toBe(405);
    expect((await fetch(`${url}${syncPath.identity}`)).status).toBe(405);
    expect((await post(url, syncPath.identity, { nonce: "" })).status).toBe(200);
  });
});

describe("closing", () => {
  it("ends a waiting pull with an answer, and only then is closed", async () => {
    const waiting = Promise.withResolvers<void>();
    const { sync } = headOfficeDouble({
      pull: async (_token, _request, gone) => {
        waiting.resolve();
        await once(gone, "abort");
        return ok([{ k: "end" }]);
      },
    });
    const { url, close } = await serve({ sync });
    const asking = post(url, syncPath.pull, wellFormed.pull, bearer);
    await waiting.promise;
    await close();
    expect(await asking).toMatchObject({ status: 200, body: { k: "end" } });
    await expect(post(url, syncPath.identity, { nonce: "" })).rejects.toThrow("fetch failed");
  });
});

describe("slow callers", () => {
  it("a caller who sends a byte now and then is cut off, and does not hold a connection for ever", async () => {
    const { sync, asked } = headOfficeDouble();
    const { url } = await serve({ sync }, { requestTimeoutMs: 200 });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    let received = "";
    socket.setEncoding("utf8").on("data", (text: string) => (received += text));
    socket.write(
      `POST ${syncPath.enrol} HTTP/1.1\r\nHost: head-office.test\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
    );
    const drip = setInterval(() => socket.write(" "), 50);
    onTestFinished(() => clearInterval(drip));
    socket.on("error", () => undefined);
    await once(socket, "close");
    expect(received).toMatch(/^HTTP\/1\.1 4/);
    expect(asked).toEqual([]);
  });
});
