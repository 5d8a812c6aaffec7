import { Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from "electron-updater";
import { parseUpdateInfo, resolveFiles, type ProviderRuntimeOptions } from "electron-updater/out/providers/Provider.js";
import { manifestBytes, signatureName } from "#shared/contracts/updates/signed-manifest.ts";
import { Fault } from "#main/app/ports/fault.ts";
import { isSignedBy } from "#main/security/device-key.ts";

/** Told apart from a feed that is not there: head office has nothing for this branch. */
export class NothingStaged extends Error {}

/** Any of them may have signed; base64 of their 32 raw bytes. */
type Feed = { readonly baseUrl: URL; readonly releaseKeys: readonly string[] };

/**
 * Reads a manifest only when a release key has signed it. The SHA-512 of each file stands in it and proves that the file is whole; where it
 * comes from, only the signature tells. Head office cannot sign: whoever takes it over can hold updates back and nothing else.
 *
 * @returns a class, because electron-updater makes the feed itself
 */
export function signedFeed({ baseUrl, releaseKeys }: Feed) {
  return class SignedFeed extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      // Many ranges in one request is what few servers answer and head office does not.
      super({ ...runtime, isUseMultipleRangeRequest: false });
    }

    async getLatestVersion(): Promise<UpdateInfo> {
      const name = `${this.getDefaultChannelName()}.yml`;
      const manifest = await this.#text(name, new NothingStaged());
      const signature = await this.#text(signatureName(name), new Fault("MANIFEST_UNSIGNED"));
      const signed = manifestBytes(name, Buffer.from(manifest));
      const isOurs = (key: string): boolean => isSignedBy(Buffer.from(key, "base64"), Buffer.from(signature.trim(), "base64"), signed);
      if (!releaseKeys.some(isOurs)) throw new Fault("MANIFEST_FORGED", { message: `no release key has signed this ${name}` });
      return readInfo(manifest, name, baseUrl);
    }

    resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
      return resolveFiles(info, baseUrl);
    }

    async #text(name: string, ifAbsent: Error): Promise<string> {
      try {
        return (await this.httpRequest(new URL(name, baseUrl))) ?? "";
      } catch (cause) {
        if (cause instanceof Error && "statusCode" in cause && cause.statusCode === 404) throw ifAbsent;
        throw new Fault("FEED_UNREACHABLE", { cause, message: "head office's update feed does not answer" });
      }
    }
  };
}

/** @throws Fault `MANIFEST_UNREADABLE` for one that was signed and says nothing that can be used */
function readInfo(manifest: string, name: string, baseUrl: URL): UpdateInfo {
  try {
    const info = parseUpdateInfo(manifest, name, baseUrl);
    resolveFiles(info, baseUrl);
    return info;
  } catch (cause) {
    throw new Fault("MANIFEST_UNREADABLE", { cause, message: `${name} names no files with their digests` });
  }
}
