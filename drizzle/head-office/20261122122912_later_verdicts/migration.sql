ALTER TABLE "op_inbox" ADD COLUMN "waits_for" text;--> statement-breakpoint
CREATE INDEX "op_inbox_unresolved" ON "op_inbox" ("incarnation") WHERE "verdict" in ('parked', 'quarantined');--> statement-breakpoint
CREATE INDEX "op_inbox_parked_for" ON "op_inbox" ("waits_for") WHERE "verdict" = 'parked';--> statement-breakpoint
ALTER TABLE "op_inbox" ADD CONSTRAINT "op_inbox_parked" CHECK (("verdict" = 'parked') = ("waits_for" is not null));--> statement-breakpoint
ALTER TABLE "op_inbox" DROP CONSTRAINT "op_inbox_verdict", ADD CONSTRAINT "op_inbox_verdict" CHECK ("verdict" in ('applied', 'flagged', 'parked', 'quarantined', 'refused', 'duplicate'));