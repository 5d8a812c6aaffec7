import { join } from "node:path";
import type { HashedFeedRow } from "#server/app/ports/feed-store.ts";
import { openChunks, openSnapshotFile } from "./snapshot-file.ts";

/** What the thread that makes a snapshot is asked, one after the other. */
export type SnapshotQuestions = {
  readonly add: { readonly asked: { readonly rows: readonly HashedFeedRow[] }; readonly told: null };
  readonly finish: {
    readonly asked: { readonly snapshotId: string; readonly key: Uint8Array };
    readonly told: { readonly fileBytes: number };
  };
  readonly chunk: { readonly asked: { readonly chunk: number }; readonly told: Uint8Array };
};
export type SnapshotQuestion = {
  readonly [K in keyof SnapshotQuestions]: { readonly kind: K } & SnapshotQuestions[K]["asked"];
}[keyof SnapshotQuestions];

/** @param folder of its own */
export function makeSnapshotWork(folder: string): (question: SnapshotQuestion) => SnapshotQuestions[keyof SnapshotQuestions]["told"] {
  const path = join(folder, "snapshot.db");
  const file = openSnapshotFile(path);
  let chunks: ReturnType<typeof openChunks> | undefined;
  return (question) => {
    switch (question.kind) {
      case "add":
        file.add(question.rows);
        return null;
      case "finish":
        file.finish();
        chunks = openChunks(path, question.snapshotId, question.key);
        return { fileBytes: chunks.fileBytes };
      case "chunk":
        if (!chunks) throw new Error("the file is not finished");
        return chunks.chunk(question.chunk);
    }
  };
}
