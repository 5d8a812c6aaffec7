import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { syncPath } from "#shared/contracts/sync/wire.ts";
import { withDatabase } from "#test/support/postgres.ts";
import { hq, hqHere, hqServe, startHq, temporaryFolder } from "./hq.ts";

const password = "a long password";
/** Where commands are processes of their own. */
const inProcesses = { timeout: 90_000 };

describe("from an empty database to the first enrolment code", inProcesses, () => {
  const { url: databaseUrl } = withDatabase();

  it("serves, makes the first administrator, a branch and a code, and answers every call with one document", async () => {
    const { ready } = await hqServe([], { databaseUrl });
    expect(ready).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      ready: true,
      firstAdministratorCode: expect.any(String),
    });
    const identity = await fetch(ready.url + syncPath.identity, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ nonce: "" }),
    });
    expect(identity.status).toBe(200);

    const code = ready.firstAdministratorCode ?? "";
    const wrongCode = await hqHere(["admin", "--code", code.replace(/^.{4}/, "0000"), "--user", "li"], { databaseUrl, password });
    expect(wrongCode).toMatchObject({ exitCode: 1, document: { error: { code: "CODE_WRONG" } } });
    const made = await hq(["admin", "--code", code, "--user", "li", "--json"], { databaseUrl, password });
    expect(made).toMatchObject({ exitCode: 0, document: { staffId: expect.any(String) } });
    const again = await hqHere(["admin", "--code", code, "--user", "eve"], { databaseUrl, password });
    expect(again).toMatchObject({ exitCode: 1, document: { error: { code: "ADMINISTRATOR_EXISTS" } } });

    const added = await hqHere(["branch", "add", "--code", "EAST", "--name", "东门店"], { databaseUrl });
    expect(added).toMatchObject({ exitCode: 0, document: { branchId: expect.any(String) } });
    const twice = await hqHere(["branch", "add", "--code", "EAST", "--name", "东门店"], { databaseUrl });
    expect(twice).toMatchObject({ exitCode: 1, document: { error: { code: "BRANCH_CODE_TAKEN" } } });
    const enrolment = await hqHere(["enrol", "--branch", "EAST"], { databaseUrl });
    expect(enrolment).toMatchObject({ exitCode: 0, document: { code: expect.any(String), expiresAtMs: expect.any(Number) } });
    expect(await hqHere(["enrol", "--branch", "WEST"], { databaseUrl })).toMatchObject({
      exitCode: 1,
      document: { error: { code: "BRANCH_NOT_FOUND" } },
    });

    const call = (procedure: string, more: readonly string[] = [], given: { password?: string; input?: string } = {}) =>
      hqHere(["call", procedure, "--user", "li", ...more], { databaseUrl, password, ...given });
    expect(await call("points.balances")).toMatchObject({ exitCode: 0, document: { balances: {}, operations: expect.any(Number) } });
    const clerk = { userName: "wang", displayName: "王芳", password, role: "clerk", branch: "EAST" };
    expect(await call("staff.set", ["--input", "-"], { input: JSON.stringify(clerk) })).toMatchObject({ exitCode: 0 });
    expect(await call("branches.add", ["--input", '{"code":"north gate","name":"北"}'])).toMatchObject({
      exitCode: 1,
      document: { error: { code: "INVALID_INPUT", data: { issues: [{ field: "code" }] } } },
    });
    expect(await call("points.balances", [], { password: "not the password" })).toMatchObject({
      exitCode: 1,
      document: { error: { code: "WRONG_CREDENTIALS" } },
    });
    const asClerk = await hqHere(["call", "points.balances", "--user", "wang"], { databaseUrl, password });
    expect(asClerk).toMatchObject({ exitCode: 1, document: { error: { code: "FORBIDDEN", data: { permission: "headOffice.read" } } } });
    expect(await hqHere(["verify"], { databaseUrl })).toMatchObject({ exitCode: 0, document: { ok: true, damaged: [] } });
  });
});

describe("a folder of its own", inProcesses, () => {
  it("keeps what was written when head office ends, and is shared by a command that runs beside it", async () => {
    const folder = temporaryFolder();
    // Named, but empty: so a parent that has a database of its own keeps it from a head office that shall use the folder.
    const { ready, child, ended } = await hqServe(["--data", folder], { databaseUrl: "" });
    await hq(["branch", "add", "--code", "EAST", "--name", "东门店", "--data", folder]);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    await expect(fetch(ready.url)).rejects.toThrow("fetch failed");
    const code = await hq(["enrol", "--branch", "EAST", "--data", folder]);
    expect(code).toMatchObject({ exitCode: 0, output: expect.stringMatching(/([0-9A-Z]{5}-){5}[0-9A-Z]/) });
  });
});

describe("a head office started for a trial", inProcesses, () => {
  const { url: databaseUrl } = withDatabase();

  it("ends when the program that started it dies", async () => {
    const { child, ended } = await hqServe(["--exit-with-parent", "--sample"], { databaseUrl });
    // The system closes the pipe of a process that is killed just as this does.
    child.stdin.destroy();
    expect(await ended).toBe(0);
  });

  it("ends also when that happens before it is ready", async () => {
    const child = startHq(["serve", "--port", "0", "--exit-with-parent"], { databaseUrl });
    child.stdin.destroy();
    child.stdout.resume();
    child.stderr.resume();
    expect((await once(child, "close"))[0]).toBe(0);
  });
});

describe("a list of calls", inProcesses, () => {
  const { url: databaseUrl } = withDatabase();
  const add = (code: string) => ({ procedure: "branches.add", input: { code, name: `${code} branch` } });
  const apply = (input: string) => hqHere(["apply"], { databaseUrl, input });

  it("sets up a head office in one go", async () => {
    const ran = await apply(JSON.stringify([add("NORTH"), add("SOUTH"), { procedure: "points.balances", input: {} }]));
    expect(ran.exitCode).toBe(0);
    expect(ran.document).toEqual({ answers: [{ branchId: expect.any(String) }, { branchId: expect.any(String) }, expect.anything()] });
  });

  it("stops at the first refusal; what was before it stays", async () => {
    expect(await apply(JSON.stringify([add("EAST"), add("EAST"), add("WEST")]))).toMatchObject({
      exitCode: 1,
      document: { error: { code: "BRANCH_CODE_TAKEN" } },
    });
    expect(await hqHere(["enrol", "--branch", "EAST"], { databaseUrl })).toMatchObject({ exitCode: 0 });
    expect(await hqHere(["enrol", "--branch", "WEST"], { databaseUrl })).toMatchObject({ exitCode: 1 });
  });
});

describe("where it listens", inProcesses, () => {
  const { url: databaseUrl } = withDatabase();

  it("refuses plain HTTP on an address that others can reach, and says what to do", async () => {
    const ran = await hq(["serve", "--host", "0.0.0.0", "--port", "0", "--json"], { databaseUrl });
    expect(ran).toMatchObject({
      exitCode: 3,
      document: { error: { code: "INSECURE_ADDRESS", message: expect.stringContaining("--tls-cert") } },
    });
  });
});

describe("a database that is not there", inProcesses, () => {
  it("is said to be out of reach, without its password", async () => {
    const ran = await hq(["verify", "--json"], { databaseUrl: "postgres://owner:secret-password@127.0.0.1:1/counterfoil" });
    expect(ran).toMatchObject({ exitCode: 3, document: { error: { code: "DATABASE_UNREACHABLE", data: { cause: "ECONNREFUSED" } } } });
    expect(ran.output + ran.log).not.toContain("secret-password");
  });
});
