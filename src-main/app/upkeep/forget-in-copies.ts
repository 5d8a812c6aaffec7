import type { Logger } from "#main/app/ports/logger.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { BackupShelf } from "#main/app/ports/upkeep.ts";

type ForgetPorts = {
  readonly store: Store;
  /** Takes people out of the mirror journal. @returns whether it could be written; a volume may be gone for now */
  readonly forgetInJournal: () => boolean;
  readonly shelf: BackupShelf;
  readonly log: Logger;
};

/**
 * Somebody was forgotten in the database: the journal, the backups and what SQLite keeps beside its file follow. Called again after each
 * conversation until all of them have; done twice it changes nothing.
 */
export const makeForgetInCopies =
  ({ store, forgetInJournal, shelf, log }: ForgetPorts) =>
  async (): Promise<void> => {
    const left = store.read((view) => view.erasures.leftInCopies());
    if (!left) return;
    const isOutOfJournal = forgetInJournal();
    await shelf.forget(left);
    const isOutOfFile = store.dropDeleted();
    if (!isOutOfJournal || !isOutOfFile) return;
    store.repair((tx) => tx.forgotInCopies(left.upTo));
    log.info({ erasures: left.erasures.length }, "journal and backups have forgotten whom the database forgot");
  };
