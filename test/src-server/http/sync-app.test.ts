import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { StoreUnavailable } from "#server/app/ports/store.ts";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import { err, ok } from "#shared/std/result.ts";
import { bearer, headOfficeDouble, post, serve, wellFormed } from "./head-office-double.ts";

describe("an honest station", () => {
  it("is answered, plain or packed", async () => {
    const { sync, asked } = headOfficeDouble();
    const { url } = await serve({ sync });
    const push = wellFormed.push();
    const plain = await post(url, syncPath.push, push, bearer);
    const packed = await post(url, syncPath.push, gzipSync(JSON.stringify(push)), { ...bearer, "content-encoding": "gzip" });
    expect(plain).toMatchObject({ status: 200, body: { ackSeq: 1 } });
    expect(packed.body).toEqual(plain.body);
    expect(asked).toEqual([
      ["token-of-1", push],
      ["token-of-1", push],
    ]);
  });

  it("reads a pull line by line, and packed when it is long", async () => {
    const row = { k: "row" as const, s: "dir", g: 1, e: "directory", id: "m", ver: 1, d: { nameMasked: "王**" } };
    const rows = Array.from({ length: 200 }, (_, i) => ({ ...row, g: i + 1 }));
    const { sync } = headOfficeDouble({ pull: async () => ok(rows) });
    const { url } = await serve({ sync });
    const reply = await fetch(url + syncPath.pull, {
      method: "POST",
      headers: { ...bearer, "content-type": "application/json", "accept-encoding": "gzip" },
      body: JSON.stringify(wellFormed.pull),
    });
    const text = await reply.text();
    expect(reply.headers.get("content-type")).toContain("application/x-ndjson");
    expect(reply.headers.get("content-encoding")).toBe("gzip");
    expect(text.endsWith("\n")).toBe(true);
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(rows);
  });

  it("is not sent a packed answer it cannot unpack", async () => {
    const { sync } = headOfficeDouble({ identity: () => ({ publicKey: new Uint8Array(2000), signature: new Uint8Array(64) }) });
    const { url } = await serve({ sync });
    const plain = await post(url, syncPath.identity, { nonce: "" }, { "accept-encoding": "identity" });
    expect(plain.headers.get("content-encoding")).toBeNull();
  });

  it("may keep an answer in no cache, since it carries members and tokens", async () => {
    const { url } = await serve(headOfficeDouble());
    const answered = await post(url, syncPath.identity, { nonce: "" });
    expect(answered.headers.get("cache-control")).toBe("no-store");
  });

  it("learns the code, the facts and the status of a refusal", async () => {
    const { sync } = headOfficeDouble({ push: async () => err({ code: "GAP", status: 409, data: { ackSeq: 7 } }) });
    const { url } = await serve({ sync });
    const refused = await post(url, syncPath.push, wellFormed.push(), bearer);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "GAP", message: expect.any(String), data: { ackSeq: 7 } } } });
  });

  it("is told which field of its request is wrong", async () => {
    const { url } = await serve(headOfficeDouble());
    const refused = await post(url, syncPath.pull, { ...wellFormed.pull, cursors: { cfg: -1 }, waitMs: 60_000 }, bearer);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      error: { code: "INVALID_REQUEST", data: { issues: [{ field: "cursors.cfg" }, { field: "waitMs" }] } },
    });
  });

  it("ends its wait when it hangs up", async () => {
    const told = Promise.withResolvers<void>();
    const waiting = Promise.withResolvers<void>();
    const { sync } = headOfficeDouble({
      pull: (_token, _request, gone) => {
        gone.addEventListener("abort", () => told.resolve());
        waiting.resolve();
        return told.promise.then(() => ok([]));
      },
    });
    const { url } = await serve({ sync });
    const hangUp = new AbortController();
    const asking = fetch(url + syncPath.pull, {
      method: "POST",
      headers: { ...bearer, "content-type": "application/json" },
      body: JSON.stringify(wellFormed.pull),
      signal: hangUp.signal,
    });
    await waiting.promise;
    hangUp.abort();
    await expect(asking).rejects.toThrow("abort");
    await expect(told.promise).resolves.toBeUndefined();
  });
});

describe("attacks", () => {
  it("a zip bomb: a few kilobytes that unpack to a hundred megabytes are refused before they are unpacked", async () => {
    const { sync, asked } = headOfficeDouble();
    const { url } = await serve({ sync });
    const bomb = gzipSync(Buffer.alloc(100_000_000, 0x20));
    const refused = await post(url, syncPath.push, bomb, { ...bearer, "content-encoding": "gzip" });
    expect(refused).toMatchObject({ status: 413, body: { error: { code: "BODY_TOO_LARGE" } } });
    expect(asked).toEqual([]);
  });

  it("a bomb inside a bomb: a body that was packed twice is not unpacked twice", async () => {
    const { url } = await serve(headOfficeDouble());
    const twice = gzipSync(gzipSync(Buffer.alloc(1_000_000)));
    expect(await post(url, syncPath.push, twice, { ...bearer, "content-encoding": "gzip, gzip" })).toMatchObject({ status: 415 });
    expect(await post(url, syncPath.push, twice, { ...bearer, "content-encoding": "gzip" })).toMatchObject({ status: 400 });
  });

  it("six megabytes of JSON where four are the most", async () => {
    const { sync, asked } = headOfficeDouble();
    const { url } = await serve({ sync });
    const refused = await post(url, syncPath.push, { ...wellFormed.push(), padding: "x".repeat(6_000_000) }, bearer);
    expect(refused).toMatchObject({ status: 413, body: { error: { code: "BODY_TOO_LARGE", data: { bytesMax: 4_194_304 } } } });
    expect(asked).toEqual([]);
  });

  it("an oversized body that does not say how long it is", async () => {
    const { url } = await serve(headOfficeDouble());
    const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536).fill(0x20)) });
    const refused = await fetch(url + syncPath.enrol, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: endless,
      duplex: "half",
    });
    expect(refused.status).toBe(413);
  });

  it("a large body at an endpoint that needs a small one", async () => {
    const { url } = await serve(headOfficeDouble());
    const refused = await post(url, syncPath.enrol, { ...wellFormed.enrol, app: "x".repeat(20_000) });
    expect(refused.status).toBe(413);
  });

  it("brackets a million deep", async () => {
    const { url } = await serve(headOfficeDouble());
    expect((await post(url, syncPath.push, "[".repeat(1_000_000) + "]".repeat(1_000_000), bearer)).status).toBe(400);
  });

  it.each([
    ["no JSON", "no"],
    ["JSON cut off", '{"nonce":"'],
    ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
    ["nothing", ""],
    ["a list", "[]"],
    ["a field that the protocol does not know", '{"nonce":"","isAdministrator":true}'],
  ])("%s instead of a request", async (_name, body) => {
    const { url } = await serve(headOfficeDouble());
    expect(await post(url, syncPath.identity, body)).toMatchObject({ status: 400, body: { error: { code: "INVALID_REQUEST" } } });
  });

  it("gzip that is damaged", async () => {
    const { url } = await serve(headOfficeDouble());
    const damaged = gzipSync(JSON.stringify({ nonce: "" }));
    damaged[damaged.length - 5] = 0xff;
    expect(() => gunzipSync(damaged)).toThrow("incorrect");
    expect(await post(url, syncPath.identity, damaged, { "content-encoding": "gzip" })).toMatchObject({ status: 400 });
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "a web page in a clerk's browser, which may send %s to any address without asking",
    async (type) => {
      const { sync, asked } = headOfficeDouble();
      const { url } = await serve({ sync });
      const refused = await post(url, syncPath.enrol, wellFormed.enrol, { "content-type": type });
      expect(refused).toMatchObject({ status: 415, body: { error: { code: "UNSUPPORTED_MEDIA_TYPE" } } });
      expect(refused.headers.get("access-control-allow-origin")).toBeNull();
      expect(asked).toEqual([]);
    },
  );

  it.each([syncPath.push, syncPath.pull, syncPath.draw, syncPath.act])("%s without a token", async (path) => {
    const { sync, asked } = headOfficeDouble();
    const { url } = await serve({ sync });
    const refused = await post(url, path, {});
    expect(refused).toMatchObject({ status: 401, body: { error: { code: "TOKEN" } } });
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    expect(asked).toEqual([]);
  });

  it.each(["token-of-1", "Basic dXNlcjpwYXNzd29yZA==", "Bearer", "Bearer a b"])(
    "an authorization that is no bearer token: %s",
    async (authorization) => {
      const { url } = await serve(headOfficeDouble());
      expect((await post(url, syncPath.push, wellFormed.push(), { authorization })).status).toBe(401);
    },
  );

  it("a token of another station is for the exchange to refuse, and its refusal comes through", async () => {
    const { sync } = headOfficeDouble({
      push: async (token, request) =>
        token === `token-of-${request.replica}`
          ? ok({ ackSeq: 1, ackHash: "", results: [], serverTimeMs: 0 })
          : err({ code: "TOKEN", status: 401, data: {} }),
    });
    const { url } = await serve({ sync });
    const refused = await post(url, syncPath.push, wellFormed.push(), { authorization: "Bearer token-of-2" });
    expect(refused).toMatchObject({ status: 401, body: { error: { code: "TOKEN" } } });
  });

  it("an enrolment code in an address, where proxies would write it down", async () => {
    const { sync, asked } = headOfficeDouble();
    const { url } = await serve({ sync });
    const asQuery = `${syncPath.enrol}?code=${wellFormed.enrol.code}`;
    expect(await post(url, asQuery, wellFormed.enrol)).toMatchObject({
      status: 400,
      body: { error: { data: { issues: [{ field: "url" }] } } },
    });
    expect((await fetch(url + asQuery)).status).toBe(400);
    expect((await fetch(url + syncPath.enrol)).status).toBe(405);
    expect(await post(url, `${syncPath.enrol}/${wellFormed.enrol.code}`, {})).toMatchObject({
      status: 404,
      body: { error: { code: "NOT_FOUND" } },
    });
    expect(asked).toEqual([]);
  });

  it("guessing enrolment codes as fast as the line allows", async () => {
    const { sync, asked } = headOfficeDouble();
    const limits = { stranger: { burst: 5, perSecond: 0.001 }, station: { burst: 5, perSecond: 0.001 } };
    const { url } = await serve({ sync }, { limits });
    const guesses = await Promise.all(Array.from({ length: 9 }, () => post(url, syncPath.enrol, wellFormed.enrol)));
    const refused = guesses.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(4);
    expect(asked).toHaveLength(5);
    expect(refused[0]).toMatchObject({ body: { error: { code: "TOO_MANY_REQUESTS", data: { retryAfterSeconds: 1000 } } } });
    expect(refused[0]?.headers.get("retry-after")).toBe("1000");
    // A station that is known already does not pay for the stranger beside it.
    expect((await post(url, syncPath.push, wellFormed.push(), bearer)).status).toBe(200);
  });

  it("one station asking without end does not keep another from being served", async () => {
    const limits = { stranger: { burst: 1, perSecond: 0.001 }, station: { burst: 2, perSecond: 0.001 } };
    const { url } = await serve(headOfficeDouble(), { limits });
    const ask = async (replica: number) => (await post(url, syncPath.push, { ...wellFormed.push(), replica }, bearer)).status;
    expect([await ask(1), await ask(1), await ask(1)]).toEqual([200, 200, 429]);
    expect(await ask(2)).toBe(200);
  });

  it("more requests at once than it can answer in time are sent away for a while, and not all for the same; who waits for news is not counted", async () => {
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    let begun = 0;
    const { sync } = headOfficeDouble({
      push: async () => {
        begun += 1;
        await answered;
        return ok({ ackSeq: 1, ackHash: "", results: [], serverTimeMs: 0 });
      },
      pull: async () => {
        await answered;
        return ok([{ k: "end" }]);
      },
    });
    const room = { burst: 100, perSecond: 1 };
    const { url } = await serve({ sync }, { limits: { stranger: room, station: room, atOnce: 2 } });
    const listening = post(url, syncPath.pull, wellFormed.pull, bearer).catch(() => undefined);
    const served = [1, 2].map(() => post(url, syncPath.push, wellFormed.push(), bearer));
    await expect.poll(() => begun, { interval: 1 }).toBe(2);
    const away = [await post(url, syncPath.push, wellFormed.push(), bearer), await post(url, syncPath.push, wellFormed.push(), bearer)];
    expect(away).toMatchObject([1, 2].map(() => ({ status: 503, body: { error: { code: "BUSY" } } })));
    expect(new Set(away.map(({ headers }) => headers.get("retry-after"))).size).toBe(2);
    answer();
    expect((await Promise.all(served)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await post(url, syncPath.push, wellFormed.push(), bearer)).status).toBe(200);
    await listening;
  });

  it("a database that cannot be asked sends the caller away for some seconds, and is written down", async () => {
    const gone = new StoreUnavailable("the connection to the database broke");
    const { sync } = headOfficeDouble({ push: () => Promise.reject(gone) });
    const { url, incidents } = await serve({ sync });
    const refused = await post(url, syncPath.push, wellFormed.push(), bearer);
    expect(refused).toMatchObject({ status: 503, body: { error: { code: "BUSY", data: { retryAfterSeconds: expect.any(Number) } } } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(incidents).toEqual([gone]);
  });

  it("a fault inside shows a number to the caller and nothing of what happened", async () => {
    const cause = new Error("duplicate key: Key (phone)=(13800000000) already exists");
    const { sync } = headOfficeDouble({ push: () => Promise.reject(cause) });
    const { url, incidents } = await serve({ sync });
    const refused = await post(url, syncPath.push, wellFormed.push(), bearer);
    expect(refused.status).toBe(500);
    expect(refused.body).toEqual({ error: { code: "INTERNAL", message: expect.any(String), data: { incident: "incident-1" } } });
    expect(JSON.stringify(refused.body)).not.toMatch(/13800000000|\.ts/);
    expect(incidents).toEqual([cause]);
  });
});
