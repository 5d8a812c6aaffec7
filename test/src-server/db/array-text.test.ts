import { Pool } from "pg";
import { expect, it } from "vitest";
import { arrayText } from "#server/db/array-text.ts";
import { withDatabase } from "#test/support/postgres.ts";

const database = withDatabase();

it("hands the database every value of an array as it is", async () => {
  const texts = ["", "NULL", "null", null, "a,b", "{}", `"`, "\\", `\\"`, "王小明", " ", "line\nline", "tab\t"];
  const bytes = [Buffer.from([0, 1, 255, 92]), null, Buffer.alloc(0), new Uint8Array(Buffer.from("xyz").buffer, 0, 0)];
  const numbers = [0, -1, 2 ** 53 - 1, null];
  const booleans = [true, false, null];
  const pool = new Pool({ connectionString: database.url, max: 1 });
  pool.on("connect", (client) => client.on("error", () => undefined));
  const { rows } = await pool.query(
    "select $1::text[] as texts, $2::bytea[] as bytes, $3::bigint[] as numbers, $4::boolean[] as booleans, $5::uuid[] as none",
    [texts, bytes, numbers, booleans, []].map(arrayText),
  );
  await pool.end();
  expect(rows).toEqual([
    {
      texts,
      bytes: bytes.map((value) => value && Buffer.from(value)),
      numbers: numbers.map((value) => (value === null ? null : String(value))),
      booleans,
      none: [],
    },
  ]);
});

it("refuses what has no text, such as an array in an array", () => {
  expect(() => arrayText([["a"]])).toThrow("a column of object has no text");
});
