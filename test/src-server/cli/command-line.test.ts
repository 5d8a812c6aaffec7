import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { runCommand } from "#server/cli/run-command.ts";
import { hq } from "./hq.ts";

/** Runs a command that ends before anything is opened: no process of its own is needed for that. */
async function typed(args: readonly string[], password?: string, input = "") {
  const printed: string[] = [];
  const env = password === undefined ? {} : { COUNTERFOIL_PASSWORD: password };
  const exitCode = await runCommand([...args, "--json"], {
    env,
    stdin: Readable.from([input]),
    stdout: { write: (text) => printed.push(text) },
  });
  expect(printed).toHaveLength(1);
  return { exitCode, document: JSON.parse(printed.join("")) as unknown };
}

describe("a command line that is wrong", () => {
  it.each([
    ["nothing", [], "A command is missing"],
    ["an unknown command", ["erase"], "There is no command erase"],
    ["a name that every object has", ["constructor"], "There is no command constructor"],
    ["half a command", ["branch"], "There is no command branch"],
    ["an unknown option", ["verify", "--deep"], "Unknown option '--deep'"],
    ["an option without its value", ["serve", "--port"], "'--port'"],
    ["a missing option", ["branch", "add", "--code", "EAST"], "--name is missing"],
    ["a word too many", ["call", "points.balances", "all", "--user", "li"], "Usage: hq call PROCEDURE"],
    ["a port that is none", ["serve", "--port", "70000"], "--port 70000 is not a port"],
    ["a key without its certificate", ["serve", "--tls-key", "key.pem"], "belong together"],
  ])("%s is said to be, with exit code 2", async (_what, args, message) => {
    const ran = await typed(args);
    expect(ran.exitCode).toBe(2);
    expect(ran.document).toEqual({ error: { code: "USAGE", message: expect.stringContaining(message), data: {} } });
  });

  it("tells a person on the error output and leaves the other one empty", async () => {
    const ran = await hq(["enrol"]);
    expect(ran).toMatchObject({ exitCode: 2, output: "", log: expect.stringContaining("--branch is missing") });
  });

  it("lists the commands for whoever asks for help", async () => {
    const ran = await hq(["--help"]);
    expect(ran.exitCode).toBe(0);
    for (const command of ["serve", "branch add", "enrol", "admin", "call", "verify"]) expect(ran.output).toContain(`hq ${command} `);
  });
});

describe("before anything is opened", () => {
  it("a password is taken from the environment alone", async () => {
    const ran = await typed(["call", "points.balances", "--user", "li"]);
    expect(ran).toMatchObject({ exitCode: 1, document: { error: { code: "PASSWORD_MISSING" } } });
    expect((await typed(["call", "points.balances", "--user", "li", "--password", "secret"])).exitCode).toBe(2);
  });

  it("input that is no JSON is refused", async () => {
    const ran = await typed(["call", "points.balances", "--user", "li", "--input", "{"], "secret");
    expect(ran).toMatchObject({ exitCode: 2, document: { error: { code: "INVALID_JSON" } } });
    expect(await typed(["apply"], undefined, "")).toMatchObject({ exitCode: 2, document: { error: { code: "INVALID_JSON" } } });
  });

  it.each(["{}", "[]", '[{"procedure":1}]'])("a list of calls that is none is refused as a whole: %j", async (list) => {
    expect(await typed(["apply"], undefined, list)).toMatchObject({ exitCode: 1, document: { error: { code: "INVALID_INPUT" } } });
  });

  it("a password too short for the first administrator is refused by its field", async () => {
    const ran = await typed(["admin", "--code", "ANY", "--user", "li"], "short");
    expect(ran).toMatchObject({ exitCode: 1, document: { error: { code: "INVALID_INPUT", data: { issues: [{ field: "password" }] } } } });
  });

  it("a certificate file that is not there is named", async () => {
    const ran = await typed(["serve", "--tls-cert", "/nowhere.pem", "--tls-key", "/nowhere.pem"]);
    expect(ran).toMatchObject({
      exitCode: 3,
      document: { error: { code: "CERTIFICATE_UNUSABLE", message: expect.stringContaining("/nowhere.pem") } },
    });
  });
});
