import type { SnapshotManifest } from "#shared/contracts/sync/snapshot.ts";

/** Chunks of a snapshot as they came, sealed; what was kept before a power cut is not asked for again. */
export type ChunkShelf = {
  /** Whether this chunk lies here whole. @param digest SHA-256 of it, in hex */
  readonly has: (chunk: number, digest: string) => boolean;
  readonly keep: (chunk: number, bytes: Uint8Array) => void;
  readonly clear: () => void;
};

/** Puts a snapshot of head office in the place of the tables that it has, and keeps everything else. */
export type Takeover = {
  readonly chunks: ChunkShelf;
  /**
   * Builds the new file beside the database, which is written meanwhile as ever.
   *
   * @param key opens the chunks; it is stored nowhere
   * @returns whether there is one now: not where the tables of head office's version are others than ours
   */
  readonly build: (manifest: SnapshotManifest, key: Uint8Array) => Promise<boolean>;
  /**
   * Puts it in the place of the database, in one step. The counter stands still for it.
   *
   * @returns `busy` while another program holds the database: to be tried again; `overtaken` where the station knows more by now, or head office
   *   came back from a copy
   */
  readonly take: () => "taken" | "busy" | "overtaken";
  readonly discard: () => void;
  /** Head office has greeted the new file: the old one goes. */
  readonly greeted: () => void;
};
