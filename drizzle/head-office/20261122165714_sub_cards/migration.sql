ALTER TABLE "card" ADD COLUMN "main_card" text;--> statement-breakpoint
DROP INDEX "card_one_active_main";--> statement-breakpoint
CREATE UNIQUE INDEX "card_one_active_main" ON "card" ("member_id") WHERE "state" = 'active' and "main_card" is null;