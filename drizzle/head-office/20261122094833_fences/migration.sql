ALTER TABLE "replica" ADD COLUMN "clock_ahead_ms" bigint;--> statement-breakpoint
DROP INDEX "account_unspent_by_member";--> statement-breakpoint
CREATE INDEX "account_unspent_by_member" ON "account" ("member_id") WHERE "amount" > 0 and "holder" not in ('ISSUED', 'REDEEMED', 'EXPIRED', 'REVERSED', 'MOVED', 'REPAID');--> statement-breakpoint
DROP INDEX "account_unspent_by_holder";--> statement-breakpoint
CREATE INDEX "account_unspent_by_holder" ON "account" ("holder") WHERE "amount" > 0 and "holder" not in ('ISSUED', 'REDEEMED', 'EXPIRED', 'REVERSED', 'MOVED', 'REPAID');