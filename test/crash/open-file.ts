import { openDatabase } from "#main/db/open-database.ts";
import { dataKey } from "./crash-station.ts";

/** Opens a station's file as a new version of the program would, and closes it: `open-file.ts FILE MIGRATIONS`. */
const [, , file = "", migrationsFolder = ""] = process.argv;
openDatabase(file, dataKey, migrationsFolder).sqlite.close();
