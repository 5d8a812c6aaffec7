CREATE TABLE `row_hash` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`stream` text NOT NULL,
	`version` integer NOT NULL,
	`hash` integer NOT NULL,
	CONSTRAINT `row_hash_pk` PRIMARY KEY(`kind`, `id`, `stream`)
);
--> statement-breakpoint
ALTER TABLE `cursor` ADD `floor` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `directory` ADD `version` integer;--> statement-breakpoint
ALTER TABLE `directory` ADD `hash` integer;--> statement-breakpoint
CREATE INDEX `directory_by_hash` ON `directory` (`hash`);