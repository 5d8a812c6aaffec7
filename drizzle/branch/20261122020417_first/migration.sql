CREATE TABLE `card` (
	`card_number` text PRIMARY KEY,
	`card_kind` text NOT NULL,
	`member_id` text NOT NULL,
	`state` text NOT NULL,
	`blocked_reason` text
);
--> statement-breakpoint
CREATE TABLE `cursor` (
	`stream` text PRIMARY KEY,
	`gseq` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `directory` (
	`member_id` text PRIMARY KEY,
	`member_number` text NOT NULL UNIQUE,
	`doc` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `directory_card` (
	`hash` text PRIMARY KEY,
	`member_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `grant_in` (
	`gno` integer PRIMARY KEY,
	`op_id` text NOT NULL UNIQUE,
	`record` text NOT NULL,
	`is_applied` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `ledger_entry` (
	`op_id` text NOT NULL,
	`line` integer NOT NULL,
	`lot_id` text NOT NULL,
	`member_id` text NOT NULL,
	`holder` text NOT NULL,
	`amount` integer NOT NULL,
	`event_date` text NOT NULL,
	CONSTRAINT `ledger_entry_pk` PRIMARY KEY(`op_id`, `line`)
);
--> statement-breakpoint
CREATE TABLE `lot` (
	`lot_id` text PRIMARY KEY,
	`member_id` text NOT NULL,
	`earned_on` text NOT NULL,
	`expires_on` text
);
--> statement-breakpoint
CREATE TABLE `member` (
	`member_id` text PRIMARY KEY,
	`member_number` text NOT NULL UNIQUE,
	`home_branch` text NOT NULL,
	`state` text NOT NULL,
	`name` text NOT NULL,
	`phones` text NOT NULL,
	`initials` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `member_phone` (
	`phone` text NOT NULL,
	`member_id` text NOT NULL,
	CONSTRAINT `member_phone_pk` PRIMARY KEY(`phone`, `member_id`)
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY,
	`value` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `operation` (
	`seq` integer PRIMARY KEY,
	`op_id` text NOT NULL UNIQUE,
	`hlc` text NOT NULL,
	`type` text NOT NULL,
	`version` integer NOT NULL,
	`entity_kind` text,
	`entity_id` text,
	`transaction_id` text,
	`transaction_n` integer,
	`transaction_of` integer,
	`body` blob NOT NULL,
	`personal` blob,
	`prev` blob NOT NULL,
	`hash` blob NOT NULL,
	`member_id` text,
	`business_date` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `operation_state` (
	`seq` integer PRIMARY KEY,
	`state` text NOT NULL,
	`code` text,
	`settle_stream` text,
	`settle_gseq` integer,
	`member_id` text,
	`balance_change` integer NOT NULL,
	`proposed_change` integer NOT NULL,
	`is_settled` integer NOT NULL,
	CONSTRAINT `fk_operation_state_seq_operation_seq_fk` FOREIGN KEY (`seq`) REFERENCES `operation`(`seq`)
);
--> statement-breakpoint
CREATE TABLE `purchase` (
	`op_id` text PRIMARY KEY,
	`member_id` text NOT NULL,
	`receipt_number` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`earned_on` text NOT NULL,
	`is_voided` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `record` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`doc` text NOT NULL,
	`version` integer NOT NULL,
	`as_of_ms` integer NOT NULL,
	CONSTRAINT `record_pk` PRIMARY KEY(`kind`, `id`)
);
--> statement-breakpoint
CREATE TABLE `right_held` (
	`lot_id` text PRIMARY KEY,
	`member_id` text NOT NULL,
	`points` integer NOT NULL,
	CONSTRAINT `fk_right_held_lot_id_lot_lot_id_fk` FOREIGN KEY (`lot_id`) REFERENCES `lot`(`lot_id`),
	CONSTRAINT "right_held_not_negative" CHECK(points >= 0)
);
--> statement-breakpoint
CREATE TABLE `sign_in_failure` (
	`id` integer PRIMARY KEY AUTOINCREMENT,
	`user_name` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `undo` (
	`undone_op_id` text PRIMARY KEY,
	`op_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `card_by_member` ON `card` (`member_id`);--> statement-breakpoint
CREATE INDEX `directory_card_by_member` ON `directory_card` (`member_id`);--> statement-breakpoint
CREATE INDEX `ledger_entry_by_lot` ON `ledger_entry` (`lot_id`,`holder`);--> statement-breakpoint
CREATE INDEX `lot_by_member` ON `lot` (`member_id`);--> statement-breakpoint
CREATE INDEX `member_by_initials` ON `member` (`initials`);--> statement-breakpoint
CREATE INDEX `member_phone_by_member` ON `member_phone` (`member_id`);--> statement-breakpoint
CREATE INDEX `operation_by_day` ON `operation` (`business_date`);--> statement-breakpoint
CREATE INDEX `operation_by_member` ON `operation` (`member_id`,`seq`);--> statement-breakpoint
CREATE INDEX `operation_by_entity` ON `operation` (`entity_kind`,`entity_id`);--> statement-breakpoint
CREATE INDEX `operation_state_unsettled` ON `operation_state` (`member_id`) WHERE is_settled = 0;--> statement-breakpoint
CREATE INDEX `operation_state_open` ON `operation_state` (`state`) WHERE state IN ('waiting', 'quarantined');--> statement-breakpoint
CREATE UNIQUE INDEX `purchase_receipt` ON `purchase` (`receipt_number`) WHERE is_voided = 0;--> statement-breakpoint
CREATE INDEX `right_held_by_member` ON `right_held` (`member_id`);--> statement-breakpoint
CREATE INDEX `sign_in_failure_by_user` ON `sign_in_failure` (`user_name`,`at_ms`);