ALTER TABLE `member` ADD `birthday` text;--> statement-breakpoint
ALTER TABLE `member` ADD `address` text DEFAULT '' NOT NULL;