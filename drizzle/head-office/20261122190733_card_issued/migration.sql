ALTER TABLE "card" ADD COLUMN "issued_hlc" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "card" ADD COLUMN "issue_op" uuid;