import { describe, expect, it } from "vitest";
import { folderRisk } from "#main/shell/folder-risk.ts";

const local = { typeOf: () => 0xef53 };

describe("a data folder", () => {
  it.each([
    "/home/chen/Dropbox/counter",
    "C:\\Users\\chen\\OneDrive - 茶叶公司\\counter",
    "/Users/chen/Library/Mobile Documents/counter",
    "/Users/chen/Library/CloudStorage/GoogleDrive-chen@example/My Drive/counter",
    "D:\\百度网盘同步空间\\柜台",
    "D:\\我的坚果云\\柜台",
  ])("at %s is kept in step by a cloud drive", (folder) => {
    expect(folderRisk(folder, local)).toBe("FOLDER_SYNCED");
  });

  it("on a share of another computer is on the network", () => {
    expect(folderRisk("\\\\server\\share\\counter", local)).toBe("FOLDER_ON_NETWORK");
    for (const type of [0x6969, 0xff534d42, 0xfe534d42])
      expect(folderRisk("/mnt/share/counter", { typeOf: () => type })).toBe("FOLDER_ON_NETWORK");
  });

  it.each(["/home/chen/.local/share/Counterfoil/station", "C:\\Users\\chen\\AppData\\Roaming\\Counterfoil\\station", "\\\\?\\C:\\counter"])(
    "at %s lies well",
    (folder) => {
      expect(folderRisk(folder, local)).toBeUndefined();
    },
  );
});
