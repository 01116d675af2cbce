import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate` writes a migration from `db/schema.ts`; the server applies them when it starts. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./db/schema.ts",
  out: "./db/migrations",
});
