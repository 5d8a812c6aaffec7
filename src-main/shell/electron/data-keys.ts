import { keyInFile, keyInSafeStorage, type DataKeys } from "#main/security/data-key.ts";
import type { ElectronParts } from "./parts.ts";

/**
 * The system's safe storage where there is one. On a Linux desktop without a keyring Electron would seal with a password that stands
 * in its source; a file that only its owner can read is the more honest choice there.
 */
export async function dataKeysOf(safeStorage: ElectronParts["safeStorage"], dataDir: string): Promise<DataKeys> {
  const isPretence = process.platform === "linux" && safeStorage.getSelectedStorageBackend() === "basic_text";
  const isThere = !isPretence && (await safeStorage.isAsyncEncryptionAvailable());
  return isThere ? keyInSafeStorage(dataDir, safeStorage) : keyInFile(dataDir);
}
