/** A file that a station may fetch. */
export type ReleaseFile = { readonly path: string; readonly bytes: number };

/** The releases of the counter that head office keeps, as its feed serves them. */
export type Releases = {
  /**
   * @param branch code of the branch that asks
   * @param name a manifest, which is that of the release staged for the branch, or any other file of any release
   */
  readonly find: (wanted: { readonly channel: string; readonly branch: string; readonly name: string }) => Promise<ReleaseFile | undefined>;
};
