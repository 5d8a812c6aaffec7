import { openDatabase } from "#main/db/open-database.ts";
import { copyFile } from "#main/db/upkeep/tasks.ts";
import { dataKey } from "./crash-station.ts";

/** Copies a station's file as the plan of backups does, while it is open: `copy-file.ts FILE TO MIGRATIONS`. */
const [, , file = "", to = "", migrationsFolder = ""] = process.argv;
const { sqlite } = openDatabase(file, dataKey, migrationsFolder);
copyFile(file, dataKey, to);
sqlite.close();
