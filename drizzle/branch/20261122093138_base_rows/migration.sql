CREATE TABLE `row_base` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`doc` text,
	`version` integer NOT NULL,
	`as_of_ms` integer NOT NULL,
	`since` text NOT NULL,
	CONSTRAINT `row_base_pk` PRIMARY KEY(`kind`, `id`)
);
--> statement-breakpoint
CREATE TABLE `row_edit` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`seq` integer NOT NULL,
	CONSTRAINT `row_edit_pk` PRIMARY KEY(`kind`, `id`, `seq`),
	CONSTRAINT `fk_row_edit_seq_operation_seq_fk` FOREIGN KEY (`seq`) REFERENCES `operation`(`seq`)
);
