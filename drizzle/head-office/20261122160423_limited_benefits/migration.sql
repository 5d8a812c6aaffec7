ALTER TABLE "lot" ADD COLUMN "kind" text DEFAULT 'points' NOT NULL;--> statement-breakpoint
CREATE INDEX "lot_benefit" ON "lot" ("lot_id") WHERE "kind" = 'benefit';--> statement-breakpoint
ALTER TABLE "lot" ADD CONSTRAINT "lot_kind" CHECK ("kind" in ('points', 'benefit'));