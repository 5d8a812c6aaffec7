import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";

/** What about a folder's place puts a database in it at risk. */
export type FolderRisk = "FOLDER_ON_NETWORK" | "FOLDER_SYNCED";

/** Types of file systems that other computers serve, as Linux numbers them in statfs(2): NFS, SMB, CIFS, SMB 2, AFS, 9P, Ceph, Coda. */
const networkTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997, 0x00c36400, 0x73757245]);

/** Folders of programs that copy what changes to somewhere else, and bring back what they hold to be newer. */
const syncedFolder =
  /^(OneDrive( - .+)?|Dropbox( \(.+\))?|Google Drive|GoogleDrive-.+|My Drive|iCloud ?Drive|Mobile Documents|BaiduSyncdisk|百度网盘同步空间|Nutstore|我的坚果云|WPS ?云盘|WPSDrive|腾讯微云|Nextcloud|ownCloud|Syncthing|pCloudDrive|MEGA)$/i;

/**
 * Looks where a data folder lies. On a network disk the locks and the shared memory of a database cannot be relied on; a syncing program
 * copies a database in the middle of a write, and may put an old one in its place.
 *
 * @param folder absolute; it need not be there yet
 */
export function folderRisk(
  folder: string,
  machine: { readonly typeOf: (folder: string) => number | undefined } = thisMachine,
): FolderRisk | undefined {
  if (folder.split(/[\\/]/).some((part) => syncedFolder.test(part))) return "FOLDER_SYNCED";
  const type = machine.typeOf(folder);
  const isUnc = /^\\\\[^?.]/.test(folder);
  return isUnc || (type !== undefined && networkTypes.has(type)) ? "FOLDER_ON_NETWORK" : undefined;
}

/** Elsewhere than on Linux the number means nothing. */
const thisMachine = {
  typeOf: (folder: string): number | undefined => (process.platform === "linux" ? statfsSync(nearest(folder)).type : undefined),
};

const nearest = (folder: string): string => (existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder)));
