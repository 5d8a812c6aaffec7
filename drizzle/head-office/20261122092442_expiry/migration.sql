CREATE TABLE "job_run" (
	"job" text,
	"until" date,
	"done_at_ms" bigint NOT NULL,
	"without" integer[] NOT NULL,
	CONSTRAINT "job_run_pkey" PRIMARY KEY("job","until")
);
--> statement-breakpoint
CREATE TABLE "lapse_due" (
	"member_id" uuid PRIMARY KEY
);
--> statement-breakpoint
ALTER TABLE "replica_inc" ADD COLUMN "head_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "replica_inc" ADD COLUMN "head_at_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
DROP INDEX "account_unspent_by_member";--> statement-breakpoint
CREATE INDEX "account_unspent_by_member" ON "account" ("member_id") WHERE "amount" > 0 and "holder" not in ('ISSUED', 'REDEEMED', 'EXPIRED', 'REVERSED', 'REPAID');--> statement-breakpoint
DROP INDEX "account_unspent_by_holder";--> statement-breakpoint
CREATE INDEX "account_unspent_by_holder" ON "account" ("holder") WHERE "amount" > 0 and "holder" not in ('ISSUED', 'REDEEMED', 'EXPIRED', 'REVERSED', 'REPAID');--> statement-breakpoint
CREATE INDEX "ledger_entry_spent_by_member" ON "ledger_entry" ("member_id") WHERE "holder" in ('REDEEMED', 'REPAID');--> statement-breakpoint
CREATE INDEX "lot_by_member" ON "lot" ("member_id");--> statement-breakpoint
CREATE INDEX "lot_by_last_day" ON "lot" ("expires_on") WHERE "expires_on" is not null;--> statement-breakpoint
CREATE INDEX "record_lapse_by_member" ON "record" (("doc" ->> 'memberId')) WHERE "kind" = 'lapse';--> statement-breakpoint
CREATE INDEX "undo_by_op" ON "undo" ("op_id");