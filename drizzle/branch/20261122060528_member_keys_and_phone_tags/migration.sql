CREATE TABLE `directory_phone` (
	`member_id` text PRIMARY KEY,
	`last4` text NOT NULL,
	`tag` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `member_key` (
	`key` text NOT NULL,
	`member_id` text NOT NULL,
	`at` integer NOT NULL,
	CONSTRAINT `member_key_pk` PRIMARY KEY(`key`, `member_id`)
);
--> statement-breakpoint
DROP INDEX IF EXISTS `member_by_initials`;--> statement-breakpoint
CREATE INDEX `directory_phone_by_tag` ON `directory_phone` (`last4`,`tag`);--> statement-breakpoint
CREATE INDEX `member_key_by_member` ON `member_key` (`member_id`);--> statement-breakpoint
ALTER TABLE `member` DROP COLUMN `initials`;