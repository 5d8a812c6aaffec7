import { join } from "node:path";
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./src-server/db/schema.ts",
  // The check for forgotten migrations generates into a copy, so that checking changes nothing.
  out: join(process.env.COUNTERFOIL_MIGRATIONS ?? "./drizzle", "head-office"),
});
